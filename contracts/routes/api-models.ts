import * as z from 'zod';
import { ALL_ROUTES } from './routes.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** API Gateway's models (JSON schema, draft 4) by name: what it checks before a handler runs. */
export function apiModels(): Readonly<Record<string, JsonSchema>> {
  const models: Record<string, JsonSchema> = {};
  for (const { body, bodyModel } of ALL_ROUTES) {
    if (body === null || body === 'RAW' || bodyModel === null) continue;
    models[bodyModel] = z.toJSONSchema(body, { target: 'draft-04', io: 'input' }) as JsonSchema;
  }
  return models;
}
