import type { Timer } from '../../../kernel/clock.ts';
import type { Bucket } from '../buckets/bucket-store.ts';
import type { LifecycleRule } from '../buckets/lifecycle-rule.ts';
import type { S3Context } from '../s3-context.ts';
import { deleteObject } from './delete-object.ts';
import type { SupersededObject } from './object-store.ts';

const DAY_MS = 86_400_000;
/** Versions looked at in one read. */
const PAGE = 500;

/**
 * Applies the lifecycle rules of every bucket, once at the start of each UTC day: what is old enough by then expires, or moves
 * to another storage class. An object protected by a lock stays.
 * Source: S3 user guide, "Lifecycle and other bucket configurations": ages are rounded up to midnight UTC.
 */
export function scheduleLifecycle(context: S3Context): { stop(): void } {
  const { clock } = context.kernel;
  let timer: Timer | undefined;
  const arm = () => {
    const nextMidnightMs = (Math.floor(clock.nowMs() / DAY_MS) + 1) * DAY_MS;
    timer = clock.setTimer(nextMidnightMs, () => {
      for (const bucket of context.buckets.all()) if (bucket.settings.lifecycle.length > 0) applyRules(context, bucket);
      arm();
    });
  };
  arm();
  return { stop: () => timer?.cancel() };
}

function applyRules(context: S3Context, bucket: Bucket): void {
  const nowMs = context.kernel.clock.nowMs();
  for (const rule of bucket.settings.lifecycle) {
    let after = { key: '', id: 0 };
    for (;;) {
      const versions = context.objects.versionsAfter(bucket.name, rule.prefix, after, PAGE);
      for (const version of versions) applyRule(context, bucket, rule, version, nowMs);
      const last = versions.at(-1);
      if (!last || versions.length < PAGE) break;
      after = { key: last.key, id: last.id };
    }
  }
}

function applyRule(
  context: S3Context,
  bucket: Bucket,
  rule: LifecycleRule,
  version: SupersededObject,
  nowMs: number,
): void {
  const { key, versionId } = version;
  if (!version.isLatest) {
    const { noncurrentExpirationDays: days } = rule;
    const locked = (version.attributes.retention?.untilMs ?? 0) > nowMs;
    if (days !== undefined && !locked && isOlder(version.supersededAtMs ?? nowMs, days, nowMs)) {
      context.objects.remove(bucket.name, key, versionId);
    }
    return;
  }
  if (version.deleteMarker) return;
  if (rule.expirationDays !== undefined && isOlder(version.modifiedAtMs, rule.expirationDays, nowMs)) {
    deleteObject(context, { Bucket: bucket.name, Key: key });
    return;
  }
  const due = rule.transitions.findLast(({ days }) => isOlder(version.modifiedAtMs, days, nowMs));
  if (due && due.storageClass !== version.storageClass) context.objects.setStorageClass(version.id, due.storageClass);
}

/** Its age counts from the midnight after `sinceMs`. */
function isOlder(sinceMs: number, days: number, nowMs: number): boolean {
  return nowMs >= (Math.ceil(sinceMs / DAY_MS) + days) * DAY_MS;
}
