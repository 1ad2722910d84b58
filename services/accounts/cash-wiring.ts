import { dynamodb } from '../platform/aws/dynamodb.ts';
import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { callForeign } from '../platform/foreign-http.ts';
import { createCredentials } from '../platform/secrets.ts';
import { createTables } from '../platform/tables.ts';
import { type AccountsStore, createAccountsStore } from './accounts-store.ts';
import { type BankGateway, createBankGateway } from './bank-gateway.ts';
import { createTransfersStore, type TransfersStore } from './transfers-store.ts';

/** Environment variables of every function that moves clients' money. */
export const CASH_VARIABLES = ['ACCOUNTS_TABLE', 'LEDGER_TABLE', 'TRANSFERS_TABLE'] as const;
/** Of every function that speaks to the bank. */
export const BANK_VARIABLES = ['BANK_URL', 'BANK_SECRET'] as const;

type Config<Names extends readonly string[]> = Readonly<Record<Names[number], string>>;

export function createCashStores(config: Config<typeof CASH_VARIABLES>): {
  readonly accounts: AccountsStore;
  readonly transfers: TransfersStore;
} {
  const tables = createTables(dynamodb);
  const names = {
    accounts: config.ACCOUNTS_TABLE,
    ledger: config.LEDGER_TABLE,
    transfers: config.TRANSFERS_TABLE,
  };
  return {
    accounts: createAccountsStore(tables, config.ACCOUNTS_TABLE),
    transfers: createTransfersStore(tables, names),
  };
}

export function connectBank(config: Config<typeof BANK_VARIABLES>): BankGateway {
  return createBankGateway(config.BANK_URL, createCredentials(secretsManager, config.BANK_SECRET), callForeign);
}
