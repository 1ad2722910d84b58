import type { Role } from '@brokerage/contracts/routes/route';
import type { FeeBand } from '@brokerage/domain/fees/fee-schedule';
import type { AccountId } from '@brokerage/domain/identifiers';
import type { AccountState, ClientLimits } from '@brokerage/domain/risk/client-limits';

/** The holder of an account: item `CLIENT` of the Accounts table. The CPF leaves this table only towards the bank. */
export interface Client {
  readonly accountId: AccountId;
  readonly name: string;
  readonly cpf: string;
  readonly state: AccountState;
  readonly role: Role;
  readonly plan: 'STANDARD' | 'PROFESSIONAL';
  readonly limits: ClientLimits;
  readonly feeBand: FeeBand;
}
