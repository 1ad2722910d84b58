import type { ClientSummary, ClientView } from '@brokerage/contracts/rest/clients';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { maskCpf, maskEmail, maskName, maskPhone } from '@brokerage/domain/clients/masking';
import { profileExpiresAtMs, type SuitabilityProfile } from '@brokerage/domain/clients/suitability';
import type { Client } from '../accounts/client.ts';
import type { PersonalData } from '../accounts/personal-data.ts';
import { type SuitabilityFields, suitabilityOf } from '../platform/client-suitability.ts';

/** Partitions of the index byOpening: in one staff find clients, in the other the administrator finds staff. */
export const CLIENT_DIRECTORY = 'CLIENTS';
export const STAFF_DIRECTORY = 'STAFF';
type Directory = typeof CLIENT_DIRECTORY | typeof STAFF_DIRECTORY;

/** Item `CLIENT` of the Accounts table as the registration writes it. */
export interface RegisteredClient extends Client, SuitabilityFields {
  readonly suitability: SuitabilityProfile | null;
  readonly openedAtMs: number;
  readonly directory: typeof CLIENT_DIRECTORY;
  /** Sort key of byOpening: `<ISO time>#<accountId>`. */
  readonly openedKey: string;
  /** A code of the request that made this client, by which a repeated one is known; it tells nothing of it. */
  readonly requestMac?: string;
  readonly closedAtMs?: number;
  readonly erasedAtMs?: number;
}

export function directoryKeys<In extends Directory>(directory: In, accountId: string, openedAtMs: number) {
  const openedKey = `${formatInstant(epochMs(openedAtMs))}#${accountId}`;
  return { openedAtMs, directory, openedKey } as const;
}

type Summarized = Pick<RegisteredClient, 'accountId' | 'state' | 'plan' | 'suitability' | 'openedAtMs'>;

export function clientSummary({ accountId, state, plan, suitability, openedAtMs }: Summarized): ClientSummary {
  const openedAt = formatInstant(epochMs(openedAtMs));
  return { clientId: accountId, accountId, state, plan, suitability, openedAt };
}

function lifeOf(client: RegisteredClient) {
  const { closedAtMs } = client;
  return {
    ...clientSummary(client),
    suitabilityExpiresAt: formatInstant(profileExpiresAtMs(suitabilityOf(client).assessedAtMs)),
    closedAt: closedAtMs === undefined ? null : formatInstant(epochMs(closedAtMs)),
  };
}

export function clearView(client: RegisteredClient, { name, cpf, registration }: PersonalData): ClientView {
  const { email = null, phone = null, birthDate = null, kyc = null } = registration ?? {};
  return { ...lifeOf(client), name, cpf, email, phone, birthDate, kyc };
}

export function maskedView(client: RegisteredClient, { name, cpf, registration }: PersonalData): ClientView {
  return {
    ...lifeOf(client),
    name: maskName(name),
    cpf: cpf && maskCpf(cpf),
    email: registration ? maskEmail(registration.email) : null,
    phone: registration ? maskPhone(registration.phone) : null,
    birthDate: null,
    kyc: null,
  };
}
