import { AwsError } from '../../../kernel/aws-error.ts';
import type { Call } from '../../../kernel/service.ts';
import type { Bucket } from '../buckets/bucket-store.ts';
import type { S3Context } from '../s3-context.ts';
import { malformedXml } from '../s3-error.ts';
import { newVersionId } from './put-object.ts';
import { NULL_VERSION } from './stored-object.ts';

interface ObjectIdentifier {
  readonly Key: string;
  readonly VersionId?: string;
}

interface LockBypass {
  /** `true`: whoever may lifts a retention in governance mode. */
  readonly BypassGovernanceRetention?: string;
}

export function deleteObject(
  context: S3Context,
  request: ObjectIdentifier & LockBypass & { readonly Bucket: string },
  call?: Call,
) {
  return deleteOne(context, context.buckets.get(request.Bucket), request, mayBypass(request, call));
}

/** Differs from AWS: s3:BypassGovernanceRetention is the administrators' alone, whatever a role's policies say. */
function mayBypass({ BypassGovernanceRetention }: LockBypass, call: Call | undefined): boolean {
  return BypassGovernanceRetention === 'true' && call?.principal.kind === 'administrator';
}

/** Source: S3 API reference, DeleteObjects. */
const MAX_KEYS_PER_REQUEST = 1000;

export interface DeleteObjectsRequest extends LockBypass {
  readonly Bucket: string;
  readonly Objects: readonly ObjectIdentifier[];
  /** Only failures are told. */
  readonly Quiet: boolean;
}

/** Each key on its own: what fails is told in the answer, and the rest is done. */
export function deleteObjects(context: S3Context, request: DeleteObjectsRequest, call: Call) {
  const { Bucket, Objects, Quiet } = request;
  const bucket = context.buckets.get(Bucket);
  if (Objects.length === 0 || Objects.length > MAX_KEYS_PER_REQUEST) throw malformedXml();
  const Deleted: Record<string, unknown>[] = [];
  const Errors: Record<string, unknown>[] = [];
  for (const identifier of Objects) {
    try {
      const { DeleteMarker, VersionId } = deleteOne(context, bucket, identifier, mayBypass(request, call));
      const marker = DeleteMarker ? { DeleteMarker, DeleteMarkerVersionId: VersionId } : {};
      if (!Quiet) Deleted.push({ ...identifier, ...marker });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Errors.push({ ...identifier, Code: error.code, Message: error.message });
    }
  }
  return { Deleted, Errors };
}

interface DeleteResult {
  readonly DeleteMarker?: boolean;
  readonly VersionId?: string;
}

function deleteOne(
  context: S3Context,
  bucket: Bucket,
  { Key, VersionId }: ObjectIdentifier,
  bypassesGovernance: boolean,
): DeleteResult {
  if (VersionId !== undefined) return removeVersion(context, bucket, Key, VersionId, bypassesGovernance);
  if (bucket.settings.versioning === 'Disabled') {
    context.objects.remove(bucket.name, Key, NULL_VERSION);
    return {};
  }
  const versionId = newVersionId(context, bucket);
  context.objects.put(bucket.name, {
    key: Key,
    versionId,
    deleteMarker: true,
    modifiedAtMs: context.kernel.clock.nowMs(),
    sizeBytes: 0,
    etag: '',
    storageClass: 'STANDARD',
    attributes: { headers: {}, metadata: {} },
    body: undefined,
  });
  return { DeleteMarker: true, VersionId: versionId };
}

function removeVersion(
  { kernel, objects }: S3Context,
  bucket: Bucket,
  key: string,
  versionId: string,
  bypassesGovernance: boolean,
): DeleteResult {
  const object = objects.version(bucket.name, key, versionId);
  const { mode, untilMs = 0 } = object?.attributes.retention ?? {};
  const isLifted = mode === 'GOVERNANCE' && bypassesGovernance;
  if (untilMs > kernel.clock.nowMs() && !isLifted) {
    const message = 'Access Denied because object protected by object lock.';
    throw new AwsError('AccessDenied', message, { status: 403 });
  }
  objects.remove(bucket.name, key, versionId);
  return { VersionId: versionId, ...(object?.deleteMarker ? { DeleteMarker: true } : {}) };
}
