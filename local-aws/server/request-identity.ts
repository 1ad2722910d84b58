import { AwsError } from '../kernel/aws-error.ts';
import type { Principal } from '../kernel/principal.ts';
import type { WireRequest } from '../kernel/service.ts';

/** The local administrator's key. Whoever calls from outside is the administrator or is refused. */
const ADMINISTRATOR_ACCESS_KEY = 'test';

/** Services whose signing name is not their endpoint prefix in this package. */
const SERVICE_BY_SIGNING_NAME: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
};

/**
 * Reads caller and service from the credential scope of Signature Version 4.
 *
 * Differs from AWS: the signature itself is not recomputed; on a laptop the key alone tells who calls.
 */
export function administratorOf(request: WireRequest): { principal: Principal; service: string | undefined } {
  const credential = credentialOf(request);
  if (!credential) {
    throw new AwsError('MissingAuthenticationTokenException', 'Request is missing Authentication Token', {
      status: 403,
    });
  }
  const [accessKeyId = '', , , signingName] = credential.split('/');
  if (accessKeyId !== ADMINISTRATOR_ACCESS_KEY) {
    const message = 'The security token included in the request is invalid.';
    throw new AwsError('UnrecognizedClientException', message, { status: 403 });
  }
  const service = signingName ? (SERVICE_BY_SIGNING_NAME[signingName] ?? signingName) : undefined;
  return { principal: { kind: 'administrator', accessKeyId }, service };
}

function credentialOf(request: WireRequest): string | undefined {
  const header = request.headers.authorization;
  if (header) return /Credential=([^,\s]+)/.exec(header)?.[1];
  return request.query['X-Amz-Credential'];
}
