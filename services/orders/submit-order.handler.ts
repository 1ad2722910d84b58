import { ROUTES } from '@brokerage/contracts/routes/routes';
import { accountId } from '@brokerage/domain/identifiers';
import { apiHandler } from '../platform/api-handler.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { newId } from '../platform/identity.ts';
import { createInstrumentsStore } from '../platform/instruments-store.ts';
import { createQueue } from '../platform/queue.ts';
import { BOOK_VARIABLES, createBookingTools, tables } from './books-wiring.ts';
import { cacheClients } from './client-cache.ts';
import { createFactsStore } from './dynamo-facts-store.ts';
import { type SubmitTools, submitOrder } from './submit-order.ts';

const config = readConfig([...BOOK_VARIABLES, 'INSTRUMENTS_TABLE', 'ORDERS_QUEUE_URL']);
const booking = createBookingTools(config);
const facts = createFactsStore(tables, { orders: config.ORDERS_TABLE, accounts: config.ACCOUNTS_TABLE });
const tools: SubmitTools = {
  ...booking,
  orders: createQueue(sqs, config.ORDERS_QUEUE_URL),
  findInstrument: createInstrumentsStore(tables, config.INSTRUMENTS_TABLE).find,
  findClient: cacheClients(facts.readClient, Date.now),
  newOrderId: (nowMs) => newId('ORD', nowMs),
};

export const handler = apiHandler(
  ROUTES.submitOrder,
  ({ body, caller, idempotencyKey, requestId, correlationId, log }) =>
    submitOrder(
      tools,
      { accountId: accountId(caller.accountId), request: body, idempotencyKey, requestId, correlationId },
      log,
    ),
);
