import { ROUTES } from '@brokerage/contracts/routes/routes';
import { epochMs } from '@brokerage/domain/calendar/instant';
import { accountId } from '@brokerage/domain/identifiers';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { readConfig } from '../platform/config.ts';
import { callForeign } from '../platform/foreign-http.ts';
import { createCredentials } from '../platform/secrets.ts';
import { createTables } from '../platform/tables.ts';
import { createAccountsStore } from './accounts-store.ts';
import { createBankGateway } from './bank-gateway.ts';
import { requestDeposit } from './request-deposit.ts';
import { createTransfersStore } from './transfers-store.ts';

const config = readConfig(['ACCOUNTS_TABLE', 'LEDGER_TABLE', 'TRANSFERS_TABLE', 'BANK_URL', 'BANK_SECRET']);
const tables = createTables(dynamodb);
const ports = {
  accounts: createAccountsStore(tables, config.ACCOUNTS_TABLE),
  transfers: createTransfersStore(tables, {
    accounts: config.ACCOUNTS_TABLE,
    ledger: config.LEDGER_TABLE,
    transfers: config.TRANSFERS_TABLE,
  }),
  bank: createBankGateway(config.BANK_URL, createCredentials(secretsManager, config.BANK_SECRET), callForeign),
};

export const handler = apiHandler(ROUTES.requestDeposit, ({ caller, body, idempotencyKey, requestId, nowMs }) =>
  requestDeposit(
    {
      accountId: accountId(caller.accountId),
      amountCents: body.amount,
      idempotencyKey,
      requestId,
      nowMs: epochMs(nowMs),
    },
    ports,
  ),
);
