import type { Registration } from '@brokerage/domain/clients/registration';
import type { Client } from './client.ts';

/** What tells who a client is. Only whoever needs it for an errand decrypts it. */
export interface PersonalData {
  readonly name: string;
  /** Eleven digits; null for staff, who hold no money. */
  readonly cpf: string | null;
  /** Of clients whom staff registered. */
  readonly registration?: Registration | undefined;
}

/** Encrypts and decrypts clients' personal data, each under a data key of that client alone. */
export interface PersonalDataVault {
  /** Gives what `Client.personalData` holds. */
  seal(accountId: string, data: PersonalData): Promise<string>;
  open(client: Pick<Client, 'accountId' | 'personalData'>): Promise<PersonalData>;
}

/** Tells CPFs apart without showing them. */
export interface CpfIndex {
  /** The same for the same CPF always; it tells nothing of it to whoever has not the key, which never leaves KMS. */
  of(cpf: string): Promise<string>;
}

/** For the bank, which pays and charges by CPF. */
export async function cpfOf(client: Client, vault: Pick<PersonalDataVault, 'open'>): Promise<string> {
  const { cpf } = await vault.open(client);
  if (cpf === null) throw new Error(`${client.accountId} has no CPF and can move no money`);
  return cpf;
}
