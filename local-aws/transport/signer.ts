/**
 * Stands in for `@smithy/signature-v4` in the local bundle of a function. The kernel knows which environment calls, so
 * nothing is signed; only the service's signing name goes along, by which REST services are told apart.
 */
import { SIGNING_NAME_HEADER } from './transport.ts';

interface SignableRequest {
  readonly headers: Record<string, string>;
}

export class SignatureV4 {
  readonly #service: string;

  constructor(options: { service: string }) {
    this.#service = options.service;
  }

  async sign<Request extends SignableRequest>(
    request: Request,
    options?: { signingService?: string },
  ): Promise<Request> {
    request.headers[SIGNING_NAME_HEADER] = options?.signingService ?? this.#service;
    return request;
  }

  async presign(): Promise<never> {
    throw new Error('presigned requests are not supported by local-aws');
  }
}

export const SignatureV4Base = SignatureV4;
export const signatureV4aContainer: { SignatureV4a: unknown } = { SignatureV4a: null };
