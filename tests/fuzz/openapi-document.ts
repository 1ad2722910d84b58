/** What the fuzzer reads of an OpenAPI 3.1 document. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: JsonSchema;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: JsonSchema | null;
}

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

interface OpenApiOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

export async function readOperations(apiPort: number): Promise<Operation[]> {
  const answer = await fetch(`http://127.0.0.1:${apiPort}/v1/openapi.json`);
  const document = (await answer.json()) as OpenApiDocument;
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: resolved(document, requestBody?.content['application/json']?.schema),
    })),
  );
}

function resolved(document: OpenApiDocument, schema: JsonSchema | undefined): JsonSchema | null {
  if (!schema?.$ref) return schema ?? null;
  const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  const found = document.components.schemas[name];
  if (!found) throw new Error(`the OpenAPI document has no schema ${name}`);
  return found;
}
