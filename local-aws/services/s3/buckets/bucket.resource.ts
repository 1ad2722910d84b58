import { notSupported } from '../../../kernel/aws-error.ts';
import { refuseUnknownProperties } from '../../../kernel/known-properties.ts';
import type { AppliedResource, ResourceDefinition, ResourceType } from '../../../kernel/service.ts';
import type { S3Context } from '../s3-context.ts';
import { invalidArgument } from '../s3-error.ts';
import type { BucketSettings, KmsEncryption, RetentionMode } from './bucket-store.ts';
import { lifecycleRules } from './lifecycle-rule.ts';

interface Properties {
  readonly BucketName?: string;
  readonly VersioningConfiguration?: { readonly Status: 'Enabled' | 'Suspended' };
  readonly BucketEncryption?: {
    readonly ServerSideEncryptionConfiguration?: readonly {
      readonly BucketKeyEnabled?: boolean;
      readonly ServerSideEncryptionByDefault?: { readonly SSEAlgorithm: string; readonly KMSMasterKeyID?: string };
    }[];
  };
  readonly PublicAccessBlockConfiguration?: Readonly<Record<string, boolean>>;
  readonly LifecycleConfiguration?: unknown;
  readonly OwnershipControls?: { readonly Rules: readonly { readonly ObjectOwnership: string }[] };
  readonly ObjectLockEnabled?: boolean;
  readonly ObjectLockConfiguration?: {
    readonly Rule?: { readonly DefaultRetention?: { Mode: RetentionMode; Days?: number; Years?: number } };
  };
  readonly Tags?: unknown;
}

const KNOWN = [
  ...['BucketName', 'VersioningConfiguration', 'BucketEncryption', 'PublicAccessBlockConfiguration', 'Tags'],
  ...['LifecycleConfiguration', 'OwnershipControls', 'ObjectLockEnabled', 'ObjectLockConfiguration'],
];

/** Source: S3 user guide, "General purpose bucket naming rules". */
const NAME = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const MAX_NAME_LENGTH = 63;

/** `AWS::S3::Bucket`. */
export function bucketResource(context: S3Context): ResourceType {
  return { apply: (resource) => apply(context, resource) };
}

function apply({ kernel, buckets }: S3Context, resource: ResourceDefinition): AppliedResource {
  refuseUnknownProperties(resource.type, resource.properties, KNOWN);
  const properties = resource.properties as Properties;
  const name = properties.BucketName ?? resource.logicalId.toLowerCase().slice(-MAX_NAME_LENGTH);
  if (!NAME.test(name)) throw invalidArgument(`The specified bucket is not valid: ${name}`);
  buckets.put(name, settingsOf(properties, resource.type), kernel.clock.nowMs());
  return {
    ref: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${kernel.region}.amazonaws.com`,
    },
  };
}

function settingsOf(properties: Properties, type: string): BucketSettings {
  const encryption = encryptionOf(properties, type);
  for (const { ObjectOwnership } of properties.OwnershipControls?.Rules ?? []) {
    // There are no access control lists here, which is what this value means.
    if (ObjectOwnership !== 'BucketOwnerEnforced') throw notSupported(`ObjectOwnership ${ObjectOwnership} of ${type}`);
  }
  const versioning = properties.VersioningConfiguration?.Status ?? 'Disabled';
  const objectLock = properties.ObjectLockEnabled ?? false;
  const retention = properties.ObjectLockConfiguration?.Rule?.DefaultRetention;
  if (retention && !objectLock) throw invalidArgument('ObjectLockConfiguration needs ObjectLockEnabled');
  return {
    // Object Lock turns versioning on by itself.
    versioning: objectLock ? 'Enabled' : versioning,
    objectLock,
    ...(retention ? { defaultRetention: { mode: retention.Mode, days: retentionDays(retention) } } : {}),
    ...(encryption && { encryption }),
    lifecycle: lifecycleRules(properties.LifecycleConfiguration, type),
    publicAccessBlock: properties.PublicAccessBlockConfiguration ?? {},
    tags: properties.Tags ?? [],
  };
}

/** Undefined for SSE-S3, AWS's default. Differs from AWS: objects under it lie in the state as they are. */
function encryptionOf({ BucketEncryption }: Properties, type: string): KmsEncryption | undefined {
  const [rule] = BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
  const { SSEAlgorithm: algorithm, KMSMasterKeyID: keyId } = rule?.ServerSideEncryptionByDefault ?? {};
  if (algorithm === undefined || algorithm === 'AES256') return undefined;
  if (algorithm !== 'aws:kms') throw notSupported(`BucketEncryption ${algorithm} of ${type}`);
  return { ...(keyId === undefined ? {} : { keyId }), bucketKey: rule?.BucketKeyEnabled ?? false };
}

function retentionDays({ Days, Years }: { Days?: number; Years?: number }): number {
  if ((Days === undefined) === (Years === undefined)) throw invalidArgument('retention takes either Days or Years');
  return Number(Days ?? 365 * Number(Years));
}
