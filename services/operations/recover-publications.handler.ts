import { dynamodbStreams } from '../platform/aws/dynamodb-streams.ts';
import { eventbridge } from '../platform/aws/eventbridge.ts';
import { sns } from '../platform/aws/sns.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { createPostpone } from '../platform/queue.ts';
import { eachMessage, queueWorker } from '../platform/queue-worker.ts';
import { createStreamRangeReader, parseGivenUpBatch } from './audit-stream-gateway.ts';
import { createEventPublisher } from './event-publisher.ts';
import { recoverPublications } from './recover-publications.ts';

const config = readConfig(['ORDER_EVENTS_TOPIC_ARN', 'EVENT_BUS_NAME', 'UNPUBLISHED_EVENTS_QUEUE_URL']);
const targets = { topicArn: config.ORDER_EVENTS_TOPIC_ARN, busName: config.EVENT_BUS_NAME };
const tools = {
  readRange: createStreamRangeReader(dynamodbStreams),
  publish: createEventPublisher(sns, eventbridge, targets),
  log,
};

export const handler = queueWorker({
  parse: parseGivenUpBatch,
  process: eachMessage(({ body }) => recoverPublications(tools, body)),
  postpone: createPostpone(sqs, config.UNPUBLISHED_EVENTS_QUEUE_URL),
});
