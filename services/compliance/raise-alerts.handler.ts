import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import type { EventBridgeEvent } from 'aws-lambda';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { alertOf } from './alert.ts';

const config = readConfig(['ALERTS_TABLE']);
const tables = createTables(dynamodb);

/** Behind a rule on `becameLarge`. Writing the same alert again is harmless. */
export async function handler(event: EventBridgeEvent<string, OrderEventMessage>): Promise<void> {
  const alert = alertOf(event.detail);
  if (alert) await tables.put(config.ALERTS_TABLE, alert);
}
