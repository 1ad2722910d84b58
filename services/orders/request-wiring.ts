import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { createQueue } from '../platform/queue.ts';
import { BOOK_VARIABLES, createBookingTools } from './books-wiring.ts';
import { connectExchange, EXCHANGE_VARIABLES } from './exchange-wiring.ts';
import { createFollowUps } from './follow-up.ts';
import type { RequestTools } from './request-tools.ts';

/** What every function that asks the exchange about live orders is made of. */
export function createRequestTools(): RequestTools {
  const config = readConfig([...BOOK_VARIABLES, ...EXCHANGE_VARIABLES, 'IN_DOUBT_ORDERS_QUEUE_URL']);
  return {
    ...createBookingTools(config),
    exchange: connectExchange(config),
    followUps: createFollowUps(createQueue(sqs, config.IN_DOUBT_ORDERS_QUEUE_URL)),
  };
}
