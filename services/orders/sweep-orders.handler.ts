import { ROUTES } from '@brokerage/contracts/routes/routes';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, ScheduledEvent } from 'aws-lambda';
import { answer } from '../platform/api-answer.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createQueue } from '../platform/queue.ts';
import { tables } from './books-wiring.ts';
import { createSweepStore } from './dynamo-sweep-store.ts';
import { connectExchange, EXCHANGE_VARIABLES } from './exchange-wiring.ts';
import { sweepOrders } from './sweep-orders.ts';

const config = readConfig(['ORDERS_TABLE', 'ORDERS_QUEUE_URL', 'IN_DOUBT_ORDERS_QUEUE_URL', ...EXCHANGE_VARIABLES]);

async function sweep(): Promise<{ swept: number }> {
  const swept = await sweepOrders(tools);
  if (swept > 0) log.info('orders swept', { swept });
  return { swept };
}

const tools = {
  store: createSweepStore(tables, config.ORDERS_TABLE),
  orders: createQueue(sqs, config.ORDERS_QUEUE_URL),
  inDoubt: createQueue(sqs, config.IN_DOUBT_ORDERS_QUEUE_URL),
  isExchangeReachable: connectExchange(config).isReachable,
  now: Date.now,
};

const overApi = apiHandler(ROUTES.sweepOrders, async () => answer(await sweep()));

/** Run by the schedule, or by an operator through the API. */
export const handler = (
  event: APIGatewayProxyEvent | ScheduledEvent,
): Promise<APIGatewayProxyResult | { swept: number }> => ('httpMethod' in event ? overApi(event) : sweep());
