import type { IssuedApiKey } from '@brokerage/contracts/rest/clients';
import type { NewStaffRequest, StaffPage, StaffView } from '@brokerage/contracts/rest/staff-members';
import { isLive } from '@brokerage/domain/clients/api-key';
import { maskName } from '@brokerage/domain/clients/masking';
import { accountId } from '@brokerage/domain/identifiers';
import { DEFAULT_CLIENT_LIMITS } from '@brokerage/domain/risk/client-limits';
import type * as z from 'zod';
import type { CpfIndex, PersonalDataVault } from '../accounts/personal-data.ts';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { derivedId, newId } from '../platform/identity.ts';
import { type ApiKeyPorts, newKeyRecord, shownOnce, usageKeyOf } from './api-key-desk.ts';
import type { ApiKeysStore } from './api-keys-store.ts';
import { directoryKeys, STAFF_DIRECTORY } from './registered-client.ts';
import { type StaffRequest, staffAction } from './staff-action.ts';
import { type StaffMember, staffView } from './staff-member.ts';
import type { StaffStore } from './staff-store.ts';

export interface NewStaffOrder extends StaffRequest {
  readonly body: NewStaffRequest;
  readonly idempotencyKey: string;
}

export interface StaffPorts {
  readonly staff: StaffStore;
  readonly keys: Pick<ApiKeysStore, 'ofClient'>;
  readonly planKeys: ApiKeyPorts['planKeys'];
  readonly newApiKey: ApiKeyPorts['newApiKey'];
  readonly vault: Pick<PersonalDataVault, 'seal'>;
  /** Of the whole request, by which a repeated one is known. */
  readonly index: CpfIndex;
}

/** Registers a member of staff, without a key yet. The id derives from who asks and under which key. */
export async function createStaff(
  request: NewStaffOrder,
  { staff, vault, index }: Pick<StaffPorts, 'staff' | 'vault' | 'index'>,
): Promise<ApiAnswer<StaffView>> {
  const { body, caller, idempotencyKey, nowMs } = request;
  const id = accountId(derivedId('STF', caller.accountId, idempotencyKey));
  const requestMac = await index.of(JSON.stringify(body));
  const member: StaffMember = {
    accountId: id,
    personalData: await vault.seal(id, { name: body.name, cpf: null }),
    maskedName: maskName(body.name),
    cpfIndex: null,
    role: body.role,
    plan: 'PROFESSIONAL',
    state: 'ACTIVE',
    limits: DEFAULT_CLIENT_LIMITS,
    feeBand: 'UP_TO_3M',
    ...directoryKeys(STAFF_DIRECTORY, id, nowMs),
    requestMac,
  };
  const kept = await staff.add(member, staffAction(request, id, 'STAFF_CREATED'));
  if (kept === 'FORBIDDEN') return problem('FORBIDDEN');
  const made = kept === 'KEPT' ? member : await staff.find(id);
  return made?.requestMac === requestMac ? answer(staffView(made)) : problem('IDEMPOTENCY_MISMATCH');
}

export async function listStaff(staff: Pick<StaffStore, 'all'>): Promise<ApiAnswer<z.input<typeof StaffPage>>> {
  return answer({ items: (await staff.all()).map(staffView), nextCursor: null });
}

/**
 * Ends a member's keys and what they may do. Nobody does it to themselves: the last administrator is the one who cannot be suspended. Again, it
 * ends what keys the index did not show the first time.
 */
export async function suspendStaff(
  request: StaffRequest,
  staffId: string,
  { staff, keys, planKeys }: Pick<StaffPorts, 'staff' | 'keys' | 'planKeys'>,
): Promise<ApiAnswer<StaffView>> {
  if (staffId === request.caller.accountId) return problem('OWN_ACCESS');
  const member = await staff.find(staffId);
  if (!member) return problem('NOT_FOUND');
  const held = (await keys.ofClient(staffId)).filter((key) => isLive(key, request.nowMs));
  if (member.state === 'ACTIVE' || held.length > 0) {
    const kept = await staff.suspend(staffId, held, request.nowMs, staffAction(request, staffId, 'STAFF_SUSPENDED'));
    if (kept !== 'KEPT') return problem('FORBIDDEN');
  }
  for (const { planKeyId } of held) await planKeys.remove(planKeyId);
  return answer(staffView({ ...member, state: 'BLOCKED' }));
}

/** A member has one key: the new one ends those before at once, for who asks may have lost them. */
export async function issueStaffKey(
  request: StaffRequest,
  staffId: string,
  { staff, keys, planKeys, newApiKey }: Pick<StaffPorts, 'staff' | 'keys' | 'planKeys' | 'newApiKey'>,
): Promise<ApiAnswer<IssuedApiKey>> {
  const member = await staff.find(staffId);
  if (!member) return problem('NOT_FOUND');
  if (member.state !== 'ACTIVE') return problem('ACCESS_SUSPENDED');
  const former = (await keys.ofClient(staffId)).filter((key) => isLive(key, request.nowMs));
  const keyId = newId('KEY', request.nowMs);
  const planKeyId = await planKeys.create(usageKeyOf(keyId), member.plan);
  const made = newApiKey();
  const names = { keyId, accountId: staffId, usageIdentifierKey: usageKeyOf(keyId), planKeyId };
  const record = newKeyRecord(made, names, member.role, request.nowMs);
  const action = staffAction(request, staffId, 'API_KEY_ISSUED', { keyId });
  const kept = await staff.addKey(record, former, request.nowMs, action);
  if (kept !== 'KEPT') {
    await planKeys.remove(planKeyId);
    return problem(kept === 'FORBIDDEN' ? 'FORBIDDEN' : 'ACCESS_SUSPENDED');
  }
  for (const key of former) await planKeys.remove(key.planKeyId);
  return shownOnce(record, made);
}
