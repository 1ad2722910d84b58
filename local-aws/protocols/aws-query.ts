import { notSupported } from '../kernel/aws-error.ts';
import type { Protocol } from '../kernel/service.ts';
import type { ProtocolCodec } from './protocol.ts';

export function awsQuery(protocol: Extract<Protocol, { kind: 'aws-query' }>): ProtocolCodec {
  throw notSupported(`the query protocol, version ${protocol.version}`);
}
