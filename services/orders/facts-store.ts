import type { FeeBand } from '@brokerage/domain/fees/fee-schedule';
import type { Balance } from '@brokerage/domain/ledger/balance';
import type { Order } from '@brokerage/domain/orders/order';
import type { Position } from '@brokerage/domain/positions/position';
import type { AccountState, ClientLimits } from '@brokerage/domain/risk/client-limits';
import type { SuitabilityFields } from '../platform/client-suitability.ts';
import type { OrderMessage } from './order-message.ts';

/** What the order pipeline must know of a client. */
export interface ClientProfile extends SuitabilityFields {
  readonly state: AccountState;
  readonly limits: ClientLimits;
  readonly feeBand: FeeBand;
}

/** Of one account and one ISIN; null: there is no such item. */
export interface AccountFacts {
  readonly client: ClientProfile | null;
  readonly balance: Balance | null;
  readonly position: Position | null;
}

export interface OrderFacts extends AccountFacts {
  readonly order: Order | null;
}

/** Consistent reads, one call each. */
export interface FactsStore {
  read(message: Pick<OrderMessage, 'orderId' | 'accountId' | 'isin'>): Promise<OrderFacts>;
  readAccount(accountId: string, isin: string): Promise<AccountFacts>;
  readClient(accountId: string): Promise<ClientProfile | null>;
}
