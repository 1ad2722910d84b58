import { randomBytes } from 'node:crypto';
import { API_KEY_PREFIX_BYTES, makeApiKey, type NewApiKey } from '@brokerage/domain/clients/api-key';
import { apiGateway } from '../platform/aws/api-gateway.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { createTables } from '../platform/tables.ts';
import { createApiKeysStore } from './api-keys-store.ts';
import { createPlanKeys } from './plan-keys-gateway.ts';

export const API_KEY_VARIABLES = ['API_KEYS_TABLE', 'STAFF_ACTIONS_TABLE'] as const;
export const PLAN_VARIABLES = ['STANDARD_PLAN', 'PROFESSIONAL_PLAN'] as const;
type Config<Names extends readonly string[]> = Readonly<Record<Names[number], string>>;

const SECRET_BYTES = 32;

export function connectApiKeys(config: Config<typeof API_KEY_VARIABLES>) {
  const names = { apiKeys: config.API_KEYS_TABLE, staffActions: config.STAFF_ACTIONS_TABLE };
  return createApiKeysStore(createTables(dynamodb), names);
}

export function connectPlanKeys(config: Config<typeof PLAN_VARIABLES>) {
  return createPlanKeys(apiGateway, { STANDARD: config.STANDARD_PLAN, PROFESSIONAL: config.PROFESSIONAL_PLAN });
}

export function newApiKey(): NewApiKey {
  return makeApiKey(randomBytes(API_KEY_PREFIX_BYTES), randomBytes(SECRET_BYTES).toString('base64url'));
}
