import type { ClientSummary, ClientView } from '@brokerage/contracts/rest/clients';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { maskCpf, maskEmail, maskName, maskPhone } from '@brokerage/domain/clients/masking';
import type { SuitabilityProfile } from '@brokerage/domain/clients/registration';
import type { Client } from '../accounts/client.ts';
import type { PersonalData } from '../accounts/personal-data.ts';

/** Partition of the index byOpening, in which staff find clients; staff's own items are not in it. */
export const CLIENT_DIRECTORY = 'CLIENTS';

/** Item `CLIENT` of the Accounts table as the registration writes it. */
export interface RegisteredClient extends Client {
  readonly suitability: SuitabilityProfile;
  readonly openedAtMs: number;
  readonly directory: typeof CLIENT_DIRECTORY;
  /** Sort key of byOpening: `<ISO time>#<accountId>`. */
  readonly openedKey: string;
  /** A code of the request that made this client, by which a repeated one is known; it tells nothing of it. */
  readonly requestMac?: string;
  readonly erasedAtMs?: number;
}

export function directoryKeys(accountId: string, openedAtMs: number) {
  const openedKey = `${formatInstant(epochMs(openedAtMs))}#${accountId}`;
  return { openedAtMs, directory: CLIENT_DIRECTORY, openedKey } as const;
}

type Summarized = Pick<RegisteredClient, 'accountId' | 'state' | 'plan' | 'suitability' | 'openedAtMs'>;

export function clientSummary({ accountId, state, plan, suitability, openedAtMs }: Summarized): ClientSummary {
  const openedAt = formatInstant(epochMs(openedAtMs));
  return { clientId: accountId, accountId, state, plan, suitability, openedAt };
}

export function clearView(client: RegisteredClient, { name, cpf, registration }: PersonalData): ClientView {
  const { email = null, phone = null, birthDate = null, kyc = null } = registration ?? {};
  return { ...clientSummary(client), name, cpf, email, phone, birthDate, kyc };
}

export function maskedView(client: RegisteredClient, { name, cpf, registration }: PersonalData): ClientView {
  return {
    ...clientSummary(client),
    name: maskName(name),
    cpf: cpf && maskCpf(cpf),
    email: registration ? maskEmail(registration.email) : null,
    phone: registration ? maskPhone(registration.phone) : null,
    birthDate: null,
    kyc: null,
  };
}
