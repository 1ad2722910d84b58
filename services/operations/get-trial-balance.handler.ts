import { ROUTES } from '@brokerage/contracts/routes/routes';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import { answer } from '../platform/api-answer.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { createLedgerReader } from './ledger-reader.ts';
import { trialBalance } from './trial-balance.ts';

const config = readConfig(['LEDGER_TABLE']);
const readLedger = createLedgerReader(createTables(dynamodb), config.LEDGER_TABLE);

export const handler = apiHandler(ROUTES.getTrialBalance, async ({ query, nowMs }) => {
  const asOf = formatInstant(epochMs(query.asOf ? Date.parse(query.asOf) : nowMs));
  return answer(await trialBalance(asOf, readLedger));
});
