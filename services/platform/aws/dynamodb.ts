import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

export const dynamodb = lean(new DynamoDBClient(LEAN_OPTIONS));
