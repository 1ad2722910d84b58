import { AwsError } from '../kernel/aws-error.ts';
import type { Protocol } from '../kernel/service.ts';
import type { ProtocolCodec } from './protocol.ts';

/** REST services know their own paths and documents; this only fits them to the router. */
export function restProtocol(protocol: Extract<Protocol, { kind: 'rest' }>): ProtocolCodec {
  return {
    decode: (request) => {
      const routed = protocol.route(request);
      if (routed) return routed;
      throw new AwsError(
        'UnknownOperationException',
        `${request.method} ${request.path} is not supported by local-aws`,
        {
          status: 404,
        },
      );
    },
    encode: protocol.respond,
    encodeError: protocol.respondError,
  };
}
