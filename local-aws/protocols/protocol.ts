import type { AwsError } from '../kernel/aws-error.ts';
import type { WireRequest, WireResponse } from '../kernel/service.ts';

/** Turns one service's wire requests into operations and answers back into wire responses. */
export interface ProtocolCodec {
  decode(request: WireRequest): { readonly operation: string; readonly input: unknown };
  encode(operation: string, output: unknown, requestId: string): WireResponse;
  encodeError(error: AwsError, requestId: string): WireResponse;
}
