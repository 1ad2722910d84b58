import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lean } from './lean-client.ts';

export const dynamodb = lean(new DynamoDBClient({}));
