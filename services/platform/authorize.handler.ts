import type {
  APIGatewayAuthorizerResult,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayTokenAuthorizerEvent,
} from 'aws-lambda';
import { type ApiKeyRecord, authorize } from './authorize.ts';
import { authorizerAnswer } from './authorizer-answer.ts';
import { dynamodb } from './aws/dynamodb.ts';
import { readConfig } from './config.ts';
import { createTables } from './tables.ts';

const config = readConfig(['API_KEYS_TABLE']);
const tables = createTables(dynamodb);
const findApiKey = (keyHash: string) => tables.get<ApiKeyRecord>(config.API_KEYS_TABLE, { keyHash });

type AuthorizerEvent = APIGatewayTokenAuthorizerEvent | APIGatewayRequestAuthorizerEvent;

export async function handler(event: AuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  return authorizerAnswer(event.methodArn, await authorize(apiKeyOf(event), findApiKey, Date.now()));
}

function apiKeyOf(event: AuthorizerEvent): string {
  if (event.type === 'TOKEN') return event.authorizationToken;
  const header = Object.entries(event.headers ?? {}).find(([name]) => name.toLowerCase() === 'x-api-key');
  return header?.[1] ?? '';
}
