import type { ApiKeyList, ApiKeyView, IssuedApiKey } from '@brokerage/contracts/rest/clients';
import type { Role } from '@brokerage/contracts/routes/route';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { isLive, MAX_LIVE_API_KEYS, type NewApiKey, ROTATION_GRACE_MS } from '@brokerage/domain/clients/api-key';
import type * as z from 'zod';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { newId, sha256Hex } from '../platform/identity.ts';
import { apiKeyView, endingWith, type IssuedKeyRecord, isActive } from './api-key-record.ts';
import type { ApiKeysStore } from './api-keys-store.ts';
import type { ClientsStore } from './clients-store.ts';
import type { PlanKeys } from './plan-keys-gateway.ts';
import { type StaffRequest, staffAction } from './staff-action.ts';

export interface ApiKeyPorts {
  readonly clients: Pick<ClientsStore, 'find'>;
  readonly keys: ApiKeysStore;
  readonly planKeys: PlanKeys;
  /** A key that nobody has or guesses. */
  readonly newApiKey: () => NewApiKey;
}

/** The plan's key is made first: a key whose plan is not known would be refused. One that a crash leaves behind opens nothing. */
export async function issueApiKey(
  request: StaffRequest,
  clientId: string,
  ports: ApiKeyPorts,
): Promise<ApiAnswer<IssuedApiKey>> {
  const client = await ports.clients.find(clientId);
  if (!client) return problem('NOT_FOUND');
  if (client.state === 'CLOSED') return problem('ACCOUNT_CLOSED');
  if (hasAllKeys(await ports.keys.ofClient(clientId), request.nowMs)) return tooManyKeys();
  const keyId = newId('KEY', request.nowMs);
  const usageIdentifierKey = usageKeyOf(keyId);
  const planKeyId = await ports.planKeys.create(usageIdentifierKey, client.plan);
  const made = ports.newApiKey();
  const record = newKeyRecord(
    made,
    { keyId, accountId: clientId, usageIdentifierKey, planKeyId },
    'TRADER',
    request.nowMs,
  );
  await ports.keys.add(record, staffAction(request, clientId, 'API_KEY_ISSUED', { keyId }));
  return shownOnce(record, made);
}

/** The new key is metered by the key at API Gateway that metered the one before, so that rotating gives nobody a second allowance. */
export async function rotateApiKey(
  request: StaffRequest,
  { clientId, keyId: formerId }: ApiKeyName,
  { clients, keys, newApiKey }: Pick<ApiKeyPorts, 'clients' | 'keys' | 'newApiKey'>,
): Promise<ApiAnswer<IssuedApiKey>> {
  const all = await keysOf(clientId, clients, keys);
  const former = all.find((key) => key.keyId === formerId);
  if (!former) return problem('NOT_FOUND');
  if (!isActive(former)) return problem('API_KEY_REVOKED');
  if (hasAllKeys(all, request.nowMs)) return tooManyKeys();
  const { usageIdentifierKey, planKeyId } = former;
  const keyId = newId('KEY', request.nowMs);
  const made = newApiKey();
  const record = newKeyRecord(
    made,
    { keyId, accountId: clientId, usageIdentifierKey, planKeyId },
    'TRADER',
    request.nowMs,
  );
  const action = staffAction(request, clientId, 'API_KEY_ROTATED', { keyId: formerId });
  const isReplaced = await keys.replace(former, request.nowMs + ROTATION_GRACE_MS, record, action);
  return isReplaced ? shownOnce(record, made) : problem('API_KEY_REVOKED');
}

/** Ends a key, and with an active one those that it replaced. Again, it answers the same, and removes a plan's key that was left. */
export async function revokeApiKey(
  request: StaffRequest,
  { clientId, keyId }: ApiKeyName,
  { clients, keys, planKeys }: Pick<ApiKeyPorts, 'clients' | 'keys' | 'planKeys'>,
): Promise<ApiAnswer<ApiKeyView>> {
  const all = await keysOf(clientId, clients, keys);
  const key = all.find((candidate) => candidate.keyId === keyId);
  if (!key) return problem('NOT_FOUND');
  const ending = endingWith(key, all, request.nowMs);
  const revokedAt = key.revokedAt ?? formatInstant(epochMs(request.nowMs));
  if (key.revokedAt === undefined) {
    const action = staffAction(request, clientId, 'API_KEY_REVOKED', { keyId });
    await keys.revoke(ending.length > 0 ? ending : [key], request.nowMs, action);
  }
  const isMeteredYet = all.some(
    (other) => other.planKeyId === key.planKeyId && other.keyId !== keyId && isActive(other),
  );
  if (!isMeteredYet) await planKeys.remove(key.planKeyId);
  return answer(apiKeyView({ ...key, revokedAt }));
}

export async function listApiKeys(
  clientId: string,
  { clients, keys }: Pick<ApiKeyPorts, 'clients'> & { readonly keys: Pick<ApiKeysStore, 'ofClient'> },
): Promise<ApiAnswer<z.input<typeof ApiKeyList>>> {
  if (!(await clients.find(clientId))) return problem('NOT_FOUND');
  return answer({ items: (await keys.ofClient(clientId)).map(apiKeyView), nextCursor: null });
}

export interface ApiKeyName {
  readonly clientId: string;
  readonly keyId: string;
}

/** None of staff: whoever keeps clients' keys must not come by another role. */
async function keysOf(
  clientId: string,
  clients: ApiKeyPorts['clients'],
  keys: Pick<ApiKeysStore, 'ofClient'>,
): Promise<readonly IssuedKeyRecord[]> {
  return (await clients.find(clientId)) ? keys.ofClient(clientId) : [];
}

function hasAllKeys(keys: readonly IssuedKeyRecord[], nowMs: number): boolean {
  return keys.filter((key) => isLive(key, nowMs)).length >= MAX_LIVE_API_KEYS;
}

function tooManyKeys() {
  return problem('API_KEY_LIMIT', { facts: { maximum: MAX_LIVE_API_KEYS } });
}

type KeyNames = Pick<IssuedKeyRecord, 'keyId' | 'accountId' | 'usageIdentifierKey' | 'planKeyId'>;

export function newKeyRecord(
  { secret, prefix }: NewApiKey,
  names: KeyNames,
  role: Role,
  createdAtMs: number,
): IssuedKeyRecord {
  return { ...names, keyHash: sha256Hex(secret), role, prefix, createdAtMs };
}

/** The value of the key by which API Gateway meters; it is no secret. */
export function usageKeyOf(keyId: string): string {
  return `usage-plan-key-of-${keyId}`;
}

export function shownOnce(record: IssuedKeyRecord, { secret }: NewApiKey): ApiAnswer<IssuedApiKey> {
  return answer({ ...apiKeyView(record), apiKey: secret }, { 'cache-control': 'no-store' });
}
