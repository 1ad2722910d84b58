import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { sendDirectly } from './direct-send.ts';

export const dynamodbStreams = sendDirectly(new DynamoDBStreamsClient({}));
