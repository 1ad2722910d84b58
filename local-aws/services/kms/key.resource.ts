import { compileStatements } from '../../kernel/authorization/statement.ts';
import { notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';
import type { Key, KeySpec } from './key-store.ts';
import { type Keys, usageOf } from './keys.ts';
import { invalid } from './kms-error.ts';

interface Properties {
  readonly KeyPolicy?: object;
  readonly KeySpec?: string;
  readonly KeyUsage?: string;
  readonly Description?: string;
  readonly Enabled?: boolean;
  readonly EnableKeyRotation?: boolean;
  readonly RotationPeriodInDays?: number;
  readonly PendingWindowInDays?: number;
  readonly MultiRegion?: boolean;
}

const KNOWN = [
  ...['KeyPolicy', 'KeySpec', 'KeyUsage', 'Description', 'Enabled', 'EnableKeyRotation', 'RotationPeriodInDays'],
  // Keys do not go with their stack here, so that there is nothing to wait for.
  ...['PendingWindowInDays', 'MultiRegion', 'Tags'],
];
const SPECS: readonly string[] = ['SYMMETRIC_DEFAULT', 'HMAC_256'] satisfies KeySpec[];

/** Source: AWS::KMS::Key, RotationPeriodInDays. */
const ROTATION_DAYS = { min: 90, max: 2_560, standard: 365 };

/** `AWS::KMS::Key`. Its material is made once; what the template changes later is told of the same key. */
export function keyResource(kernel: Kernel, keys: Keys): ResourceType {
  return {
    apply: ({ logicalId, type, properties: given }) => {
      refuseUnknownProperties(type, given, KNOWN);
      if (given.KeyPolicy !== undefined) compileStatements(given.KeyPolicy, 'resource');
      const described = describedKey(kernel, logicalId, type, given as Properties);
      const existing = keys.store.byOrigin(logicalId);
      if (existing && existing.spec !== described.spec) throw invalid(`the KeySpec of ${logicalId} cannot be changed`);
      const key = existing ? { ...existing, ...described } : keys.create(described);
      if (existing) keys.store.putKey(key);
      return { ref: key.keyId, attributes: { Arn: keys.arnOf(key), KeyId: key.keyId } };
    },
  };
}

function describedKey(
  kernel: Kernel,
  origin: string,
  type: string,
  properties: Properties,
): Omit<Key, 'keyId' | 'createdAtMs'> {
  const { KeySpec: spec = 'SYMMETRIC_DEFAULT', Enabled: enabled = true, Description: description = '' } = properties;
  if (!SPECS.includes(spec)) throw notSupported(`KeySpec ${spec} of ${type}`);
  if (properties.MultiRegion) throw notSupported(`MultiRegion of ${type}`);
  const known = spec as KeySpec;
  if ((properties.KeyUsage ?? 'ENCRYPT_DECRYPT') !== usageOf({ spec: known })) {
    throw invalid(`KeyUsage ${properties.KeyUsage ?? 'ENCRYPT_DECRYPT'} does not go with KeySpec ${spec}`);
  }
  return {
    origin,
    spec: known,
    enabled,
    description,
    policy: JSON.stringify(properties.KeyPolicy ?? standardPolicy(kernel)),
    rotationDays: rotationDays(known, properties),
  };
}

function rotationDays(spec: KeySpec, { EnableKeyRotation, RotationPeriodInDays }: Properties): number | undefined {
  if (!EnableKeyRotation) return undefined;
  if (spec !== 'SYMMETRIC_DEFAULT') throw invalid(`keys of ${spec} are not rotated`);
  const days = Number(RotationPeriodInDays ?? ROTATION_DAYS.standard);
  if (days >= ROTATION_DAYS.min && days <= ROTATION_DAYS.max) return days;
  throw invalid(`RotationPeriodInDays must be from ${ROTATION_DAYS.min} to ${ROTATION_DAYS.max}`);
}

/** What a key without a policy gets: the account's IAM policies decide. Source: KMS developer guide, "Default key policy". */
function standardPolicy({ accountId }: Kernel): object {
  const Principal = { AWS: `arn:aws:iam::${accountId}:root` };
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }] };
}
