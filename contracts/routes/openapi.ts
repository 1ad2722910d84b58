import * as z from 'zod';
import { PROBLEM_CONTENT_TYPE, Problem } from '../problem.ts';
import type { JsonSchema } from './api-models.ts';
import type { Route } from './route.ts';
import { ALL_ROUTES } from './routes.ts';

/** OpenAPI 3.1 of the whole REST API, from the schemas that validate it. Webhooks are left out: they are not for clients. */
export function openApiDocument(): JsonSchema {
  const offered = ALL_ROUTES.filter((route) => route.access.kind !== 'SIGNATURE');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of offered) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Brokerage API',
      version: '1',
      description:
        'Orders, money and holdings of a brokerage for Brazilian equities. / Ordens, saldos e carteira de uma corretora.',
    },
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
      schemas: componentSchemas(offered),
    },
  };
}

function operationOf(route: Route): JsonSchema {
  const { body, bodyModel, success } = route;
  const answered = { description: route.summary, content: jsonContent(success.view) };
  const problem = { description: 'Refused', content: { [PROBLEM_CONTENT_TYPE]: { schema: reference('Problem') } } };
  return {
    operationId: route.operation,
    tags: [route.capability],
    summary: `${route.summary} / ${route.summaryPt}`,
    ...(route.access.kind === 'PUBLIC' ? { security: [] } : {}),
    parameters: parametersOf(route),
    ...(body && bodyModel ? { requestBody: { required: true, content: jsonContent(bodyModel) } } : {}),
    responses: { [success.status]: answered, default: problem },
  };
}

function parametersOf(route: Route): readonly JsonSchema[] {
  const header = (name: string, required: boolean) => ({ name, in: 'header', required, schema: { type: 'string' } });
  return [
    ...parametersIn('path', route.pathParameters),
    ...parametersIn('query', route.query),
    header('x-correlation-id', false),
    ...(route.idempotencyKey ? [header('Idempotency-Key', route.idempotencyKey === 'required')] : []),
  ];
}

function parametersIn(place: 'path' | 'query', fields: z.ZodObject): readonly JsonSchema[] {
  const { properties = {}, required = [] } = inputSchema(fields) as { properties?: object; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema,
  }));
}

function componentSchemas(routes: readonly Route[]): Readonly<Record<string, JsonSchema>> {
  const schemas: Record<string, JsonSchema> = { Problem: outputSchema(Problem) };
  for (const { body, bodyModel, success } of routes) {
    schemas[success.view] = outputSchema(success.body);
    if (body && body !== 'RAW' && bodyModel) schemas[bodyModel] = inputSchema(body);
  }
  return schemas;
}

const inputSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
const outputSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'output' }) as JsonSchema;
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const jsonContent = (name: string) => ({ 'application/json': { schema: reference(name) } });
