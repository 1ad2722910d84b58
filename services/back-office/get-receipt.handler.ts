import type { ReceiptView } from '@brokerage/contracts/rest/orders';
import { ROUTES } from '@brokerage/contracts/routes/routes';
import { answer, problem } from '../platform/api-answer.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { s3 } from '../platform/aws/s3.ts';
import { readConfig } from '../platform/config.ts';
import { createObjectBucket } from '../platform/object-bucket.ts';
import { receiptKey } from './receipt.ts';

const config = readConfig(['RECEIPTS_BUCKET']);
const bucket = createObjectBucket(s3, config.RECEIPTS_BUCKET);

/** No receipt, or another account's: both are not found. */
export const handler = apiHandler(ROUTES.getReceipt, async ({ caller, path }) => {
  const text = await bucket.get(receiptKey(path.orderId));
  const receipt: ReceiptView | null = text === null ? null : JSON.parse(text);
  return receipt?.order.accountId === caller.accountId ? answer(receipt) : problem('NOT_FOUND');
});
