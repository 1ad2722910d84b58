import { ROUTES } from '@brokerage/contracts/routes/routes';
import { epochMs } from '@brokerage/domain/calendar/instant';
import { accountId } from '@brokerage/domain/identifiers';
import { answer } from '../platform/api-answer.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { createAccountsStore } from './accounts-store.ts';
import { createLedgerStore } from './ledger-store.ts';
import { readAccount } from './read-account.ts';

const config = readConfig(['ACCOUNTS_TABLE', 'LEDGER_TABLE']);
const tables = createTables(dynamodb);
const accounts = createAccountsStore(tables, config.ACCOUNTS_TABLE);
const ledger = createLedgerStore(tables, config.LEDGER_TABLE);

export const handler = apiHandler(ROUTES.getAccount, async ({ caller, nowMs }) =>
  answer(await readAccount(accountId(caller.accountId), epochMs(nowMs), accounts, ledger)),
);
