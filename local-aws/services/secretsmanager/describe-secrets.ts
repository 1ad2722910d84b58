import { notSupported } from '../../kernel/aws-error.ts';
import type { Operation } from '../../kernel/service.ts';
import type { Rotations } from './rotations.ts';
import type { Secret } from './secret-store.ts';
import { stagesOf } from './secret-values.ts';
import { invalidParameter, type Secrets } from './secrets.ts';

const MAX_RESULTS = 100;

export function describeSecret(secrets: Secrets, rotations: Rotations): Operation {
  return (input: { SecretId?: string }) => {
    const secret = secrets.find(input.SecretId);
    return { ...described(secret), ...rotationOf(rotations, secret), VersionIdsToStages: versionsOf(secrets, secret) };
  };
}

export function listSecrets(secrets: Secrets, rotations: Rotations): Operation {
  return (input: { MaxResults?: number; NextToken?: string; Filters?: unknown; SortOrder?: unknown }) => {
    if (input.Filters !== undefined || input.SortOrder !== undefined)
      throw notSupported('Filters and SortOrder of ListSecrets');
    const { MaxResults: size = MAX_RESULTS, NextToken: token = '' } = input;
    if (!Number.isInteger(size) || size < 1 || size > MAX_RESULTS)
      throw invalidParameter('MaxResults must be from 1 to 100.');
    const after = Buffer.from(token, 'base64url').toString();
    const rest = secrets.store.all().filter(({ name }) => name > after);
    const page = rest.slice(0, size);
    const NextToken = rest.length > size ? Buffer.from(page.at(-1)?.name ?? '').toString('base64url') : undefined;
    const SecretList = page.map((secret) => ({
      ...described(secret),
      ...rotationOf(rotations, secret),
      SecretVersionsToStages: versionsOf(secrets, secret),
    }));
    return { SecretList, NextToken };
  };
}

function described({ arn, name, description, keyId, createdAtMs, changedAtMs }: Secret) {
  return {
    ARN: arn,
    Name: name,
    ...(description === null ? {} : { Description: description }),
    ...(keyId === null ? {} : { KmsKeyId: keyId }),
    CreatedDate: createdAtMs / 1000,
    LastChangedDate: changedAtMs / 1000,
  };
}

function rotationOf({ store }: Rotations, { arn }: Secret) {
  const rotation = store.get(arn);
  if (!rotation) return { RotationEnabled: false };
  const { lambdaArn, rules, dueAtMs, lastRotatedAtMs } = rotation;
  return {
    RotationEnabled: true,
    RotationLambdaARN: lambdaArn,
    RotationRules: rules,
    NextRotationDate: dueAtMs / 1000,
    ...(lastRotatedAtMs === null ? {} : { LastRotatedDate: lastRotatedAtMs / 1000 }),
  };
}

function versionsOf(secrets: Secrets, { arn }: Secret): Record<string, string[]> {
  const stages = secrets.store.stages(arn);
  return Object.fromEntries([...new Set(stages.values())].map((versionId) => [versionId, stagesOf(stages, versionId)]));
}
