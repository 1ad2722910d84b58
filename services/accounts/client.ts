import type { Role } from '@brokerage/contracts/routes/route';
import type { FeeBand } from '@brokerage/domain/fees/fee-schedule';
import type { AccountId } from '@brokerage/domain/identifiers';
import type { AccountState, ClientLimits } from '@brokerage/domain/risk/client-limits';

/** The holder of an account: item `CLIENT` of the Accounts table. */
export interface Client {
  readonly accountId: AccountId;
  /** Who it is, encrypted: see `PersonalDataVault`. It leaves this table only towards the bank. */
  readonly personalData: string;
  /** By it the payer of a PIX is known; null for staff. */
  readonly cpfIndex: string | null;
  readonly state: AccountState;
  readonly role: Role;
  readonly plan: 'STANDARD' | 'PROFESSIONAL';
  readonly limits: ClientLimits;
  readonly feeBand: FeeBand;
}
