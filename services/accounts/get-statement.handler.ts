import { ROUTES } from '@brokerage/contracts/routes/routes';
import { accountId } from '@brokerage/domain/identifiers';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { createLedgerStore } from './ledger-store.ts';
import { readStatement } from './read-statement.ts';

const config = readConfig(['LEDGER_TABLE']);
const ledger = createLedgerStore(createTables(dynamodb), config.LEDGER_TABLE);

export const handler = apiHandler(ROUTES.getStatement, ({ caller, query }) =>
  readStatement(accountId(caller.accountId), query, ledger),
);
