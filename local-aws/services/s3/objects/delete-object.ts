import { AwsError } from '../../../kernel/aws-error.ts';
import type { Bucket } from '../buckets/bucket-store.ts';
import type { S3Context } from '../s3-context.ts';
import { malformedXml } from '../s3-error.ts';
import { newVersionId } from './put-object.ts';
import { NULL_VERSION } from './stored-object.ts';

interface ObjectIdentifier {
  readonly Key: string;
  readonly VersionId?: string;
}

export function deleteObject(context: S3Context, request: ObjectIdentifier & { readonly Bucket: string }) {
  return deleteOne(context, context.buckets.get(request.Bucket), request);
}

/** Source: S3 API reference, DeleteObjects. */
const MAX_KEYS_PER_REQUEST = 1000;

export interface DeleteObjectsRequest {
  readonly Bucket: string;
  readonly Objects: readonly ObjectIdentifier[];
  /** Only failures are told. */
  readonly Quiet: boolean;
}

/** Each key on its own: what fails is told in the answer, and the rest is done. */
export function deleteObjects(context: S3Context, { Bucket, Objects, Quiet }: DeleteObjectsRequest) {
  const bucket = context.buckets.get(Bucket);
  if (Objects.length === 0 || Objects.length > MAX_KEYS_PER_REQUEST) throw malformedXml();
  const Deleted: Record<string, unknown>[] = [];
  const Errors: Record<string, unknown>[] = [];
  for (const identifier of Objects) {
    try {
      const { DeleteMarker, VersionId } = deleteOne(context, bucket, identifier);
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

function deleteOne(context: S3Context, bucket: Bucket, { Key, VersionId }: ObjectIdentifier): DeleteResult {
  if (VersionId !== undefined) return removeVersion(context, bucket, Key, VersionId);
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

function removeVersion({ kernel, objects }: S3Context, bucket: Bucket, key: string, versionId: string): DeleteResult {
  const object = objects.version(bucket.name, key, versionId);
  const lockedUntilMs = object?.attributes.retention?.untilMs ?? 0;
  if (lockedUntilMs > kernel.clock.nowMs()) {
    const message = 'Access Denied because object protected by object lock.';
    throw new AwsError('AccessDenied', message, { status: 403 });
  }
  objects.remove(bucket.name, key, versionId);
  return { VersionId: versionId, ...(object?.deleteMarker ? { DeleteMarker: true } : {}) };
}
