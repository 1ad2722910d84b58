import type { DeclarationRequest, DeclarationView, SuitabilityView } from '@brokerage/contracts/rest/clients';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { profileExpiresAtMs, type SuitabilityProfile, unsuitabilityOf } from '@brokerage/domain/clients/suitability';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { suitabilityOf } from '../platform/client-suitability.ts';
import type { ClientsStore } from './clients-store.ts';
import { type StaffRequest, staffAction } from './staff-action.ts';

/** A profile by new answers of the client. It takes the place of the one before, and of what was declared about that. */
export async function assessSuitability(
  request: StaffRequest,
  clientId: string,
  profile: SuitabilityProfile,
  clients: Pick<ClientsStore, 'find' | 'assess'>,
): Promise<ApiAnswer<SuitabilityView>> {
  const client = await clients.find(clientId);
  if (!client) return problem('NOT_FOUND');
  if (client.state === 'CLOSED') return problem('ACCOUNT_CLOSED');
  await clients.assess(clientId, profile, request.nowMs, staffAction(request, clientId, 'SUITABILITY_ASSESSED'));
  return answer({
    profile,
    assessedAt: formatInstant(epochMs(request.nowMs)),
    expiresAt: formatInstant(profileExpiresAtMs(request.nowMs)),
  });
}

/** The client's word to know why shares do not suit, kept for good among the actions. It holds for the profile of now. */
export async function declareUnsuitability(
  request: StaffRequest,
  { cause }: DeclarationRequest,
  clients: Pick<ClientsStore, 'find' | 'declare'>,
): Promise<ApiAnswer<DeclarationView>> {
  const { accountId } = request.caller;
  const client = await clients.find(accountId);
  if (!client) return problem('NOT_FOUND');
  const suitability = suitabilityOf(client);
  const present = unsuitabilityOf(suitability, request.nowMs);
  if (present !== cause) return problem('PROFILE_DIFFERS', { facts: { cause: present } });
  const declared = { cause, declaredAtMs: request.nowMs, assessedAtMs: suitability.assessedAtMs };
  await clients.declare(accountId, declared, staffAction(request, accountId, 'UNSUITABILITY_DECLARED', { cause }));
  return answer({ cause, declaredAt: formatInstant(epochMs(request.nowMs)) });
}
