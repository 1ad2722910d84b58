import type { Role } from '@brokerage/contracts/routes/route';
import { isLive } from '@brokerage/domain/clients/api-key';
import { sha256Hex } from './identity.ts';

/** A key's holder. `usageIdentifierKey` names the holder's usage plan key at API Gateway; it is not secret and opens nothing. */
export interface ApiKeyRecord {
  readonly keyHash: string;
  readonly accountId: string;
  readonly role: Role;
  readonly usageIdentifierKey: string;
  readonly revokedAt?: string;
  /** When another key has replaced this one: the instant at which it ends. */
  readonly validUntilMs?: number;
}

export type FindApiKey = (keyHash: string) => Promise<ApiKeyRecord | null>;

/** The holder of a key; null when nobody holds it, or no longer. Only the hash of a key is ever stored or looked up. */
export async function authorize(apiKey: string, findApiKey: FindApiKey, nowMs: number): Promise<ApiKeyRecord | null> {
  if (apiKey === '') return null;
  const record = await findApiKey(sha256Hex(apiKey));
  return record && isLive(record, nowMs) ? record : null;
}
