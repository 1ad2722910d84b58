import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

export const dynamodbStreams = lean(new DynamoDBStreamsClient(LEAN_OPTIONS));
