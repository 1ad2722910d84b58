import { AwsError } from '../../../kernel/aws-error.ts';
import { noSuchKey, notModified, preconditionFailed } from '../s3-error.ts';
import { modifiedSeconds, type StoredObject } from './stored-object.ts';

/** Conditional request headers, as they came. */
export interface Preconditions {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
  readonly IfModifiedSince?: string;
  readonly IfUnmodifiedSince?: string;
}

/**
 * Refuses a read whose conditions do not hold: 412, or 304 for those that ask "only if changed".
 * An entity tag outranks a date. Source: S3 API reference, GetObject, "Additional considerations".
 */
export function checkReadConditions(object: StoredObject, conditions: Preconditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, object.etag)) throw preconditionFailed('If-Match');
  } else if (IfUnmodifiedSince !== undefined && modifiedSeconds(object) > secondsOf(IfUnmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (IfNoneMatch !== undefined) {
    if (matches(IfNoneMatch, object.etag)) throw notModified();
  } else if (IfModifiedSince !== undefined && modifiedSeconds(object) <= secondsOf(IfModifiedSince)) {
    throw notModified();
  }
}

/** Conditional writes: `If-None-Match: *` (only if there is none) and `If-Match` (only over that one). */
export function checkWriteConditions(current: StoredObject | undefined, key: string, conditions: Preconditions): void {
  const existing = current?.deleteMarker ? undefined : current;
  const { IfMatch, IfNoneMatch } = conditions;
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch !== '*') {
      const message = 'A header you provided implies functionality that is not implemented';
      throw new AwsError('NotImplemented', message, { status: 501 });
    }
    if (existing) throw preconditionFailed('If-None-Match');
  }
  if (IfMatch === undefined) return;
  if (!existing) throw noSuchKey(key);
  if (!matches(IfMatch, existing.etag)) throw preconditionFailed('If-Match');
}

/** Entity tags may come without their quotes. */
function matches(condition: string, etag: string): boolean {
  return condition.split(',').some((given) => {
    const tag = given.trim();
    return tag === '*' || tag === etag || `"${tag}"` === etag;
  });
}

/** A date that cannot be read is no condition at all, as in HTTP. */
function secondsOf(date: string): number {
  return Date.parse(date) / 1000;
}
