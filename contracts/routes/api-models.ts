import * as z from 'zod';
import { ALL_ROUTES } from './routes.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** API Gateway's models (JSON schema, draft 4) by name: what it checks before a handler runs. */
export function apiModels(): Readonly<Record<string, JsonSchema>> {
  const models: Record<string, JsonSchema> = {};
  for (const { body, bodyModel } of ALL_ROUTES) {
    if (body === null || body === 'RAW' || bodyModel === null) continue;
    models[bodyModel] = z.toJSONSchema(body, { target: 'draft-04', io: 'input', override: mergeTypes }) as JsonSchema;
  }
  return models;
}

/**
 * Alternatives of different types say the same as one schema of those types, since each of its keywords but `enum` is for one type only. API Gateway then
 * answers what failed ("30.255" does not match …) and not that no alternative was met.
 */
function mergeTypes({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }): void {
  const alternatives = jsonSchema.anyOf as readonly Record<string, unknown>[] | undefined;
  const types = new Set(alternatives?.map(({ type }) => type));
  if (!alternatives || types.size !== alternatives.length || types.has(undefined)) return;
  if (alternatives.some((alternative) => 'enum' in alternative)) return;
  delete jsonSchema.anyOf;
  Object.assign(jsonSchema, ...alternatives, { type: [...types] });
}
