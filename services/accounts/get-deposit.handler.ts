import { ROUTES } from '@brokerage/contracts/routes/routes';
import { answer, problem } from '../platform/api-answer.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { depositView } from './transfer.ts';
import { createTransferReader } from './transfer-reader.ts';

const config = readConfig(['TRANSFERS_TABLE']);
const transfers = createTransferReader(createTables(dynamodb), config.TRANSFERS_TABLE);

export const handler = apiHandler(ROUTES.getDeposit, async ({ caller, path, nowMs }) => {
  const deposit = await transfers.deposit(path.txid);
  return deposit?.accountId === caller.accountId ? answer(depositView(deposit, nowMs)) : problem('NOT_FOUND');
});
