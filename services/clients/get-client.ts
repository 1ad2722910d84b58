import type { ClientView } from '@brokerage/contracts/rest/clients';
import type { PersonalDataVault } from '../accounts/personal-data.ts';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import type { ClientsStore } from './clients-store.ts';
import { clearView, maskedView } from './registered-client.ts';
import { type StaffRequest, staffAction } from './staff-action.ts';

export interface ReadClientPorts {
  readonly clients: Pick<ClientsStore, 'find' | 'record'>;
  readonly vault: Pick<PersonalDataVault, 'open'>;
}

/** Compliance sees who a client is, once it is written down that it looked; others see enough to tell clients apart. */
export async function getClient(
  request: StaffRequest,
  clientId: string,
  { clients, vault }: ReadClientPorts,
): Promise<ApiAnswer<ClientView>> {
  const client = await clients.find(clientId);
  if (!client) return problem('NOT_FOUND');
  const personal = await vault.open(client);
  if (request.caller.role !== 'COMPLIANCE') return answer(maskedView(client, personal));
  await clients.record(staffAction(request, clientId, 'PERSONAL_DATA_READ'));
  return answer(clearView(client, personal));
}
