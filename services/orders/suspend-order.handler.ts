import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { createQueue } from '../platform/queue.ts';
import { BOOK_VARIABLES, createBookingTools } from './books-wiring.ts';
import { createFollowUps } from './follow-up.ts';
import type { ToSuspend } from './saga-state.ts';
import { suspendOrder } from './suspend-order.ts';

const config = readConfig([...BOOK_VARIABLES, 'IN_DOUBT_ORDERS_QUEUE_URL']);
const followUps = createFollowUps(createQueue(sqs, config.IN_DOUBT_ORDERS_QUEUE_URL));
const tools = { ...createBookingTools(config), followUps };

export const handler = (state: ToSuspend) => suspendOrder(tools, state);
