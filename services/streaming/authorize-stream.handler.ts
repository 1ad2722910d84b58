import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { createStreamTicketsStore } from './stream-tickets-store.ts';

const config = readConfig(['STREAM_TICKETS_TABLE']);
const store = createStreamTicketsStore(createTables(dynamodb), config.STREAM_TICKETS_TABLE);

/** Before `$connect`, once a connection. API Gateway hands the context to every later event of the connection. */
export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const ticket = event.queryStringParameters?.ticket ?? '';
  const accountId = ticket === '' ? null : await store.consume(ticket, Date.now());
  const policyDocument = {
    Version: '2012-10-17',
    Statement: [
      { Action: 'execute-api:Invoke', Effect: accountId ? 'Allow' : 'Deny', Resource: event.methodArn } as const,
    ],
  };
  return accountId
    ? { principalId: accountId, policyDocument, context: { accountId } }
    : { principalId: 'unknown', policyDocument };
}
