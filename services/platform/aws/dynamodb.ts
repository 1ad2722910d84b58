import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sendDirectly } from './direct-send.ts';

export const dynamodb = sendDirectly(new DynamoDBClient({}));
