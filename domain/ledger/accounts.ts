/**
 * Accounts of the money ledger. A positive posting is a credit (the house owes), a negative one a debit (the
 * house holds, or is owed). Client accounts belong to the entry's `accountId`; house accounts have no balance
 * item, they are summed from the entries.
 */
export const CLIENT_MONEY_ACCOUNTS = ['available', 'blocked', 'receivable', 'payable'] as const;
export type ClientMoneyAccount = (typeof CLIENT_MONEY_ACCOUNTS)[number];

export const HOUSE_MONEY_ACCOUNTS = [
  /** Cash at the bank: a debit, so negative while there is cash. */
  'house.bank',
  /** Unsettled net owed to B3 (+) or due from it (-). */
  'house.clearing',
  /** Contra of the clients' payables. */
  'house.unsettled',
  'house.fees.trading',
  'house.fees.ccp',
  'house.fees.tta',
  'house.brokerage',
  'house.iss',
  'house.taxes',
  /** PIX out in flight. */
  'house.payouts',
  /** PIX to give back. */
  'house.returns',
  /** Fills of orders that nobody knows, until a person says whose they are. */
  'house.suspense',
] as const;
export type HouseMoneyAccount = (typeof HOUSE_MONEY_ACCOUNTS)[number];

export type MoneyAccount = ClientMoneyAccount | HouseMoneyAccount;

/** Accounts of the share ledger, per client account and ISIN. */
export const CLIENT_SHARE_ACCOUNTS = ['free', 'blocked'] as const;
export type ClientShareAccount = (typeof CLIENT_SHARE_ACCOUNTS)[number];
export type HouseShareAccount = 'house.depository' | 'house.clearing' | 'house.suspense';
export type ShareAccount = ClientShareAccount | HouseShareAccount;

export function isClientMoneyAccount(account: MoneyAccount): account is ClientMoneyAccount {
  return !account.startsWith('house.');
}

export function isClientShareAccount(account: ShareAccount): account is ClientShareAccount {
  return !account.startsWith('house.');
}
