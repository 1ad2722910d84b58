import { ROUTES } from '@brokerage/contracts/routes/routes';
import { calendarDate, epochMs, saoPauloDate } from '@brokerage/domain/calendar/instant';
import { accountId } from '@brokerage/domain/identifiers';
import { answer, problem } from '../platform/api-answer.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { createAccountsStore } from './accounts-store.ts';
import { FIRST_FEE_DATE, feeRatesView } from './fee-rates-view.ts';

const config = readConfig(['ACCOUNTS_TABLE']);
const accounts = createAccountsStore(createTables(dynamodb), config.ACCOUNTS_TABLE);

export const handler = apiHandler(ROUTES.getFees, async ({ caller, query, nowMs }) => {
  const date = query.date ? calendarDate(query.date) : saoPauloDate(epochMs(nowMs));
  if (date < FIRST_FEE_DATE) return problem('NOT_FOUND', { detail: `no fees are known before ${FIRST_FEE_DATE}` });
  const client = await accounts.client(accountId(caller.accountId));
  if (!client) return problem('NOT_FOUND');
  return answer(feeRatesView(date, client.feeBand));
});
