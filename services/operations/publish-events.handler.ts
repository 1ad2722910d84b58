import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { eventbridge } from '../platform/aws/eventbridge.ts';
import { sns } from '../platform/aws/sns.ts';
import { readConfig } from '../platform/config.ts';
import { log } from '../platform/log.ts';
import { auditRecord } from './audit-record.ts';
import { createEventPublisher } from './event-publisher.ts';
import { publishEvents } from './publish-events.ts';

const config = readConfig(['ORDER_EVENTS_TOPIC_ARN', 'EVENT_BUS_NAME']);
const publish = createEventPublisher(sns, eventbridge, {
  topicArn: config.ORDER_EVENTS_TOPIC_ARN,
  busName: config.EVENT_BUS_NAME,
});

/** The mapping must have ReportBatchItemFailures: Lambda then goes on from the record named. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const failed = await publishEvents(event.Records.map(auditRecord), publish, log);
  return { batchItemFailures: failed === null ? [] : [{ itemIdentifier: failed }] };
}
