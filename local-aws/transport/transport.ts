/** Where an environment puts the function its SDK clients send with. */
export const TRANSPORT = Symbol.for('local-aws.transport');

/** Carries the signing name of an unsigned request (`s3`, `scheduler`, …). */
export const SIGNING_NAME_HEADER = 'x-local-aws-signing-name';

export interface TransportRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
}

export type Transport = (request: TransportRequest, answer: (response: TransportResponse) => void) => void;
