import type { ApiKeys } from '../usage/api-keys.ts';
import type { UsagePlans } from '../usage/usage-plans.ts';
import type { Exchange } from './exchange.ts';
import { type Refusal, refuse } from './gateway-response-types.ts';

/**
 * Checks the key of a method that requires one, then its plan's throttle and quota. Where the key comes from is the
 * API's `ApiKeySourceType`: the header `x-api-key`, or the authorizer's `usageIdentifierKey`.
 */
export function admitApiKey(keys: ApiKeys, plans: UsagePlans, exchange: Exchange): Refusal | undefined {
  const { api, name } = exchange.stage;
  const value =
    api.keySource === 'HEADER' ? exchange.headers.get('x-api-key') : exchange.authorizer?.usageIdentifierKey;
  const key = value ? keys.byValue(value) : undefined;
  const membership = key?.enabled ? plans.planFor(key.id, api.id, name) : undefined;
  if (!key || !membership) return refuse('INVALID_API_KEY');
  exchange.apiKey = key;
  if (!plans.takeToken(key.id, membership, exchange.method?.key ?? '')) return refuse('THROTTLED');
  return plans.takeQuota(key.id, membership.plan) ? undefined : refuse('QUOTA_EXCEEDED');
}
