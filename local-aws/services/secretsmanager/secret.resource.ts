import { createHash } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';
import { generateSecret } from './generated-secret.ts';
import { CURRENT, checkValue, type Secrets } from './secrets.ts';

/** Who makes the template's resources. */
const DEPLOYER = { kind: 'administrator', accessKeyId: 'cloudformation' } as const;

/**
 * AWS::SecretsManager::Secret. The value is made once, and anew when its part of the template changes; a value that was
 * put or rotated since stays. A secret without name takes its logical id.
 * Differs from AWS: another KmsKeyId is for values to come, and does not encrypt the present ones anew.
 */
export function secretResource(kernel: Kernel, secrets: Secrets): ResourceType {
  return {
    apply: ({ logicalId, properties }) => {
      const {
        Name = logicalId,
        Description = null,
        KmsKeyId = null,
        SecretString,
        GenerateSecretString,
        Tags: _,
        ...unknown
      } = properties;
      refuseUnknownProperties('AWS::SecretsManager::Secret', unknown);
      if (SecretString !== undefined && GenerateSecretString !== undefined) {
        throw new AwsError('ValidationError', `${logicalId} has both SecretString and GenerateSecretString`);
      }
      const name = String(Name);
      const description = Description === null ? null : String(Description);
      const recipe = (GenerateSecretString ?? {}) as Record<string, unknown>;
      const keyId = KmsKeyId === null ? null : String(KmsKeyId);
      const origin = digest(SecretString === undefined ? { generate: recipe } : { text: String(SecretString) });
      const existing = secrets.store.byName(name);
      const isSame = existing?.origin === origin && existing.description === description && existing.keyId === keyId;
      if (existing && isSame) return applied(existing.arn);

      const text = SecretString === undefined ? generateSecret(recipe, kernel.random) : String(SecretString);
      const value = { text, binary: null };
      checkValue(value);
      const secret = existing ?? secrets.create(name, description, keyId, origin);
      if (existing?.origin !== origin) {
        const changed = { ...secret, description, keyId, origin };
        secrets.putValue(changed, kernel.random.uuid(), value, [CURRENT], DEPLOYER);
      } else secrets.store.putSecret({ ...secret, description, keyId });
      return applied(secret.arn);
    },
  };
}

/** The state holds no secret in clear, not even as part of its template. */
function digest(origin: object): string {
  return createHash('sha256').update(JSON.stringify(origin)).digest('hex');
}

function applied(arn: string) {
  return { ref: arn, attributes: { Id: arn } };
}
