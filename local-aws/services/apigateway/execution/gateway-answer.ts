import type { GatewayResponse } from '../definitions.ts';
import type { ApiAnswer, Exchange } from './exchange.ts';
import { GATEWAY_RESPONSE_TYPES, type GatewayResponseName, type Refusal } from './gateway-response-types.ts';
import { compileMapping } from './mapping-expression.ts';
import { compileTemplate, type Template } from './template.ts';

export type GatewayAnswerer = (exchange: Exchange, refusal: Refusal) => ApiAnswer;

interface CompiledResponse {
  readonly status: number | undefined;
  readonly headers: readonly { readonly name: string; readonly value: (exchange: Exchange) => string | undefined }[];
  readonly contentType: string;
  readonly body: Template;
}

const JSON_TYPE = 'application/json';
const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';
/** As AWS writes it. */
const ACCESS_DENIED_TEMPLATE = '{"Message":$context.error.messageString}';

/** Compiles an API's gateway responses: a type's own, else `DEFAULT_4XX` or `DEFAULT_5XX`, else AWS's default. */
export function compileGatewayAnswers(responses: readonly GatewayResponse[]): GatewayAnswerer {
  const declared = new Map(responses.map((response) => [response.responseType, response]));
  const compiled = new Map<GatewayResponseName, CompiledResponse>();
  for (const name of Object.keys(GATEWAY_RESPONSE_TYPES) as GatewayResponseName[]) {
    const family = GATEWAY_RESPONSE_TYPES[name].status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
    compiled.set(name, compileResponse(name, declared.get(name) ?? declared.get(family)));
  }
  return (exchange, refusal) => {
    const response = compiled.get(refusal.type) as CompiledResponse;
    const headers = ['x-amzn-ErrorType', GATEWAY_RESPONSE_TYPES[refusal.type].errorType];
    let contentType = response.contentType;
    for (const { name, value } of response.headers) {
      const text = value(exchange);
      if (text === undefined) continue;
      if (name.toLowerCase() === 'content-type') contentType = text;
      else headers.push(name, text);
    }
    headers.push('Content-Type', contentType);
    return { status: response.status ?? refusal.status, headers, body: response.body(exchange) };
  };
}

function compileResponse(name: GatewayResponseName, response: GatewayResponse | undefined): CompiledResponse {
  const fallback = name === 'ACCESS_DENIED' ? ACCESS_DENIED_TEMPLATE : DEFAULT_TEMPLATE;
  const templates = Object.entries(response?.templates ?? {});
  const [contentType, text] = templates.find(([type]) => type === JSON_TYPE) ?? templates[0] ?? [JSON_TYPE, fallback];
  const headers = Object.entries(response?.parameters ?? {}).map(([target, source]) => ({
    name: target.replace(/^gatewayresponse\.header\./, ''),
    value: compileMapping(source),
  }));
  return { status: response?.status, headers, contentType, body: compileTemplate(text, '') };
}
