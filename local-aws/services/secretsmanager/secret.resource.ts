import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';
import { generateSecret } from './generated-secret.ts';
import { CURRENT, checkValue, type Secrets } from './secrets.ts';

/**
 * AWS::SecretsManager::Secret. The value is made once, and anew when its part of the template changes; a value that was
 * put or rotated since stays. A secret without name takes its logical id.
 */
export function secretResource(kernel: Kernel, secrets: Secrets): ResourceType {
  return {
    apply: ({ logicalId, properties }) => {
      const {
        Name = logicalId,
        Description = null,
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
      const origin = JSON.stringify(SecretString === undefined ? { generate: recipe } : { text: String(SecretString) });
      const existing = secrets.store.byName(name);
      if (existing?.origin === origin && existing.description === description) return applied(existing.arn);

      const text = SecretString === undefined ? generateSecret(recipe, kernel.random) : String(SecretString);
      const value = { text, binary: null };
      checkValue(value);
      const secret = existing ?? secrets.create(name, description, origin);
      if (existing?.origin !== origin) {
        secrets.putValue({ ...secret, description, origin }, kernel.random.uuid(), value, [CURRENT]);
      } else secrets.store.putSecret({ ...secret, description });
      return applied(secret.arn);
    },
  };
}

function applied(arn: string) {
  return { ref: arn, attributes: { Id: arn } };
}
