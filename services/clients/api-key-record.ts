import type { ApiKeyView } from '@brokerage/contracts/rest/clients';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { isLive } from '@brokerage/domain/clients/api-key';
import type { ApiKeyRecord } from '../platform/authorize.ts';

/** A key as the ApiKeys table keeps it. The key itself is nowhere but with its client. */
export interface IssuedKeyRecord extends ApiKeyRecord {
  readonly keyId: string;
  /** How the key begins, for support; null for keys that the seed made. */
  readonly prefix: string | null;
  readonly createdAtMs: number;
  /** Id, at API Gateway, of the key by which the usage plan meters this one. A key passes it on to the one that replaces it. */
  readonly planKeyId: string;
}

export function apiKeyView(record: IssuedKeyRecord): ApiKeyView {
  const { keyId, prefix, createdAtMs, validUntilMs, revokedAt = null } = record;
  return {
    keyId,
    prefix,
    status: revokedAt !== null ? 'REVOKED' : validUntilMs === undefined ? 'ACTIVE' : 'ROTATED',
    createdAt: formatInstant(epochMs(createdAtMs)),
    validUntil: validUntilMs === undefined ? null : formatInstant(epochMs(validUntilMs)),
    revokedAt,
  };
}

/** Neither revoked nor replaced. */
export function isActive({ revokedAt, validUntilMs }: IssuedKeyRecord): boolean {
  return revokedAt === undefined && validUntilMs === undefined;
}

/** What goes with a key: itself, and while it is active the keys that it replaced and that still work. */
export function endingWith(
  key: IssuedKeyRecord,
  all: readonly IssuedKeyRecord[],
  nowMs: number,
): readonly IssuedKeyRecord[] {
  if (!isActive(key)) return isLive(key, nowMs) ? [key] : [];
  return all.filter((other) => other.planKeyId === key.planKeyId && isLive(other, nowMs));
}
