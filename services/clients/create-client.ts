import type { ClientSummary, NewClientRequest } from '@brokerage/contracts/rest/clients';
import { epochMs, saoPauloDate } from '@brokerage/domain/calendar/instant';
import { isBornBefore } from '@brokerage/domain/clients/registration';
import { accountId } from '@brokerage/domain/identifiers';
import { DEFAULT_CLIENT_LIMITS } from '@brokerage/domain/risk/client-limits';
import type { CpfIndex, PersonalDataVault } from '../accounts/personal-data.ts';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { derivedId } from '../platform/identity.ts';
import type { ClientsStore } from './clients-store.ts';
import { CLIENT_DIRECTORY, clientSummary, directoryKeys, type RegisteredClient } from './registered-client.ts';
import { type StaffRequest, staffAction } from './staff-action.ts';

export interface NewClientOrder extends StaffRequest {
  readonly body: NewClientRequest;
  readonly idempotencyKey: string;
}

export interface CreateClientPorts {
  readonly clients: Pick<ClientsStore, 'add' | 'find'>;
  readonly vault: Pick<PersonalDataVault, 'seal'>;
  /** Of the CPF, and of the whole request: which is never a CPF, so that the two never meet. */
  readonly index: CpfIndex;
}

/**
 * Registers a client and opens the account. The id derives from who asks and under which key, so that a repeated request finds the
 * client it made; a CPF opens one account.
 */
export async function createClient(
  request: NewClientOrder,
  { clients, vault, index }: CreateClientPorts,
): Promise<ApiAnswer<ClientSummary>> {
  const { body, caller, idempotencyKey, nowMs } = request;
  if (!isBornBefore(body.birthDate, saoPauloDate(epochMs(nowMs)))) {
    return problem('INVALID_REQUEST', { detail: 'body.birthDate: must have passed' });
  }
  const id = accountId(derivedId('CLI', caller.accountId, idempotencyKey));
  const [cpfIndex, requestMac] = await Promise.all([index.of(body.cpf), index.of(JSON.stringify(body))]);
  const { name, cpf, suitability, plan, ...registration } = body;
  const client: RegisteredClient = {
    accountId: id,
    personalData: await vault.seal(id, { name, cpf, registration }),
    cpfIndex,
    role: 'TRADER',
    plan,
    state: 'ACTIVE',
    limits: DEFAULT_CLIENT_LIMITS,
    feeBand: 'UP_TO_3M',
    suitability,
    ...directoryKeys(CLIENT_DIRECTORY, id, nowMs),
    requestMac,
  };
  const outcome = await clients.add(client, cpfIndex, staffAction(request, id, 'CLIENT_CREATED'));
  if (outcome === 'CPF_TAKEN') return problem('CPF_ALREADY_REGISTERED');
  const made = outcome === 'ADDED' ? client : await clients.find(id);
  if (made?.requestMac !== requestMac) return problem('IDEMPOTENCY_MISMATCH');
  return answer(clientSummary(made), { location: `/v1/clients/${id}` });
}
