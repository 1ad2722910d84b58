import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** One client an execution environment, so that connections are kept. Region, credentials and endpoint are the environment's. */
export const dynamodb = new DynamoDBClient({});
