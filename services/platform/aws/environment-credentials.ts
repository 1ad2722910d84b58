import type { AwsCredentialIdentity } from '@smithy/types';

/**
 * Stands in a bundle for `@aws-sdk/credential-provider-node`. Lambda puts the credentials of a function's role into environment variables; the SDK's search through
 * profiles, single sign-on, web identity and metadata services would be a quarter of every bundle. What runs unbundled (seed, tests) has the SDK's own.
 */
export function defaultProvider(): () => Promise<AwsCredentialIdentity> {
  return async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CREDENTIAL_EXPIRATION } = process.env;
    if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY)
      throw new Error('no credentials: AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is not set');
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
      ...(AWS_CREDENTIAL_EXPIRATION && { expiration: new Date(AWS_CREDENTIAL_EXPIRATION) }),
    };
  };
}
