import { AwsError } from '../../../kernel/aws-error.ts';
import type { Operation } from '../../../kernel/service.ts';
import type { ApiKeys } from '../usage/api-keys.ts';
import type { ApiKey } from '../usage/api-keys-store.ts';
import type { UsagePlans } from '../usage/usage-plans.ts';
import { page } from './page.ts';

interface CreateApiKeyInput {
  readonly name?: string;
  readonly description?: string;
  readonly enabled?: boolean;
  readonly value?: string;
  readonly customerId?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

interface GetApiKeysInput {
  readonly position?: string;
  readonly limit?: string | number;
  readonly nameQuery?: string;
  readonly customerId?: string;
  readonly includeValues?: string | boolean;
}

export function apiKeyOperations(keys: ApiKeys, plans: UsagePlans): Record<string, Operation> {
  return {
    /** A key is made disabled unless `enabled` says otherwise. */
    CreateApiKey: (input: CreateApiKeyInput) => {
      const { name, value, description, customerId, enabled = false, tags = {} } = input;
      for (const [member, type] of [
        [name, 'string'],
        [value, 'string'],
        [description, 'string'],
        [enabled, 'boolean'],
      ] as const) {
        if (member !== undefined && typeof member !== type) throw new AwsError('BadRequestException', 'Invalid input');
      }
      return keyOutput(keys.create({ name: name ?? '', value, description, customerId, enabled, tags }), true);
    },

    DeleteApiKey: (input: { readonly apiKey: string }) => {
      keys.remove(input.apiKey);
      plans.forgetKey(input.apiKey);
    },

    /** `nameQuery` is a prefix of the name. */
    GetApiKeys: (input: GetApiKeysInput) => {
      const { nameQuery = '', customerId } = input;
      const wanted = keys
        .list()
        .filter((key) => key.name.startsWith(nameQuery) && (!customerId || key.customerId === customerId));
      const { items, position } = page(wanted, input);
      const withValue = String(input.includeValues) === 'true';
      return { items: items.map((key) => keyOutput(key, withValue)), position };
    },
  };
}

/** Instants are epoch seconds. */
function keyOutput(key: ApiKey, withValue: boolean): Record<string, unknown> {
  return {
    id: key.id,
    value: withValue ? key.value : undefined,
    name: key.name,
    description: key.description,
    customerId: key.customerId,
    enabled: key.enabled,
    createdDate: Math.floor(key.createdMs / 1000),
    lastUpdatedDate: Math.floor(key.createdMs / 1000),
    stageKeys: [],
    tags: Object.keys(key.tags).length > 0 ? key.tags : undefined,
  };
}
