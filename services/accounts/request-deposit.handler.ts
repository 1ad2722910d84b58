import { ROUTES } from '@brokerage/contracts/routes/routes';
import { epochMs } from '@brokerage/domain/calendar/instant';
import { accountId } from '@brokerage/domain/identifiers';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { BANK_VARIABLES, CASH_VARIABLES, connectBank, createCashStores } from './cash-wiring.ts';
import { connectPersonalData, PERSONAL_DATA_VARIABLES } from './personal-data-wiring.ts';
import { requestDeposit } from './request-deposit.ts';

const config = readConfig([...CASH_VARIABLES, ...BANK_VARIABLES, ...PERSONAL_DATA_VARIABLES]);
const ports = {
  ...createCashStores(config),
  bank: connectBank(config),
  personalData: connectPersonalData(config),
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
