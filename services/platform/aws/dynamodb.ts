import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sendDirectly } from './direct-send.ts';
import { withPlainJson } from './plain-json.ts';

export const dynamodb = sendDirectly(withPlainJson(new DynamoDBClient({})));
