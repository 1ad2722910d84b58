import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { createAuditTrailReader } from '../platform/audit-item.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { eventbridge } from '../platform/aws/eventbridge.ts';
import { sns } from '../platform/aws/sns.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { createEventPublisher } from './event-publisher.ts';
import { republish } from './republish.ts';

const config = readConfig(['AUDIT_TABLE', 'ORDER_EVENTS_TOPIC_ARN', 'EVENT_BUS_NAME']);
const readAuditTrail = createAuditTrailReader(createTables(dynamodb), config.AUDIT_TABLE);
const publish = createEventPublisher(sns, eventbridge, {
  topicArn: config.ORDER_EVENTS_TOPIC_ARN,
  busName: config.EVENT_BUS_NAME,
});

export const handler = apiHandler(ROUTES.republish, ({ body }) => republish(body, readAuditTrail, publish));
