import { sqs } from '../platform/aws/sqs.ts';
import { stepFunctions } from '../platform/aws/step-functions.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createPostpone } from '../platform/queue.ts';
import { eachMessage, queueWorker } from '../platform/queue-worker.ts';
import { type OrderMessage, parseOrderMessage } from './order-message.ts';
import { processOrder } from './process-orders.ts';
import { createSagaGateway } from './saga-gateway.ts';

const config = readConfig(['ORDER_SAGA_ARN', 'ORDERS_QUEUE_URL']);
const runSaga = createSagaGateway(stepFunctions, config.ORDER_SAGA_ARN);

export const handler = queueWorker<OrderMessage>({
  parse: parseOrderMessage,
  process: eachMessage((message) => processOrder(runSaga, log, message)),
  postpone: createPostpone(sqs, config.ORDERS_QUEUE_URL),
});
