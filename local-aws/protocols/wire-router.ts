import { AwsError } from '../kernel/aws-error.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Principal } from '../kernel/principal.ts';
import type { Service, WireRequest, WireResponse } from '../kernel/service.ts';
import { awsJson } from './aws-json.ts';
import { awsQuery } from './aws-query.ts';
import type { ProtocolCodec } from './protocol.ts';
import { restProtocol } from './rest.ts';

/**
 * Answers one AWS API request, whichever way it came: over HTTP on `AWS_PORT` or in process from a function's SDK. The answer may be ahead
 * of the disk; see `Store`.
 */
export type WireRouter = (request: WireRequest, principal: Principal, signedService?: string) => Promise<WireResponse>;

/** How a request is refused that no service answers. */
const FALLBACK: ProtocolCodec = awsJson('1.0');

export function createWireRouter(kernel: Kernel): WireRouter {
  const codecs = new Map<Service, ProtocolCodec>();
  const byTarget = new Map<string, Service>();
  for (const service of kernel.services()) {
    codecs.set(service, codecFor(service));
    if (service.protocol.kind === 'aws-json') byTarget.set(service.protocol.target, service);
  }

  const serviceFor = (request: WireRequest, signedService: string | undefined): Service => {
    const target = request.headers['x-amz-target'];
    const byHeader = target ? byTarget.get(target.slice(0, target.lastIndexOf('.'))) : undefined;
    const service = byHeader ?? (signedService ? kernel.service(signedService) : undefined);
    if (service) return service;
    throw new AwsError('UnknownOperationException', `no service answers ${request.method} ${request.path}`);
  };

  return async (request, principal, signedService) => {
    const requestId = kernel.random.uuid();
    let codec = FALLBACK;
    try {
      const service = serviceFor(request, signedService);
      codec = codecs.get(service) ?? codec;
      const { operation, input } = codec.decode(request);
      const output = await kernel.call(service.name, operation, input, principal);
      return codec.encode(operation, output, requestId);
    } catch (error) {
      if (error instanceof AwsError) return codec.encodeError(error, requestId);
      throw error;
    }
  };
}

function codecFor(service: Service): ProtocolCodec {
  switch (service.protocol.kind) {
    case 'aws-json':
      return awsJson(service.protocol.version);
    case 'aws-query':
      return awsQuery(service.protocol);
    case 'rest':
      return restProtocol(service.protocol);
  }
}
