import { notSupported } from '../../../kernel/aws-error.ts';

/** A rule of a bucket's lifecycle, for the keys under `prefix`. */
export interface LifecycleRule {
  readonly prefix: string;
  readonly expirationDays?: number;
  readonly noncurrentExpirationDays?: number;
  /** By days, ascending. */
  readonly transitions: readonly { readonly days: number; readonly storageClass: string }[];
}

const KNOWN = new Set([
  ...['Id', 'Status', 'Prefix', 'ExpirationInDays', 'NoncurrentVersionExpiration', 'Transitions'],
  // There are no multipart uploads that could be left incomplete.
  'AbortIncompleteMultipartUpload',
]);

/** Enabled rules of a `LifecycleConfiguration`. Filters other than by prefix, and dates, are refused. */
export function lifecycleRules(configuration: unknown, type: string): LifecycleRule[] {
  const { Rules = [] } = (configuration ?? {}) as { Rules?: readonly Record<string, unknown>[] };
  return Rules.filter((rule) => rule.Status === 'Enabled').map((rule) => {
    const unknown = Object.keys(rule).find((key) => !KNOWN.has(key));
    if (unknown !== undefined) throw notSupported(`LifecycleConfiguration.Rules.${unknown} of ${type}`);
    const noncurrent = rule.NoncurrentVersionExpiration as { NoncurrentDays: unknown } | undefined;
    const transitions = (rule.Transitions ?? []) as readonly { TransitionInDays?: unknown; StorageClass: string }[];
    return {
      prefix: String(rule.Prefix ?? ''),
      ...(rule.ExpirationInDays === undefined ? {} : { expirationDays: days(rule.ExpirationInDays) }),
      ...(noncurrent === undefined ? {} : { noncurrentExpirationDays: days(noncurrent.NoncurrentDays) }),
      transitions: transitions
        .map(({ TransitionInDays, StorageClass }) => ({ days: days(TransitionInDays), storageClass: StorageClass }))
        .sort((a, b) => a.days - b.days),
    };
  });
}

function days(value: unknown): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 0) return count;
  throw notSupported(`LifecycleConfiguration with ${String(value)} days`);
}
