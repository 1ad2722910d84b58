import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Exchange } from './exchange.ts';
import { type Refusal, refuse } from './gateway-response-types.ts';
import { compileMapping } from './mapping-expression.ts';
import { validationMessages } from './validation-messages.ts';

/** Checks one request against its method's validator; undefined when it passes. */
export type RequestCheck = (exchange: Exchange) => Refusal | undefined;

const ASSUMED_CONTENT_TYPE = 'application/json';

/** `expressions`: the required parameters, as `method.request.<location>.<name>`. */
export function requireParameters(expressions: readonly string[]): RequestCheck {
  const parameters = expressions.toSorted().map((expression) => ({
    name: expression.replace(/^method\.request\.\w+\./, ''),
    read: compileMapping(expression),
  }));
  return (exchange) => {
    const missing = parameters.filter(({ read }) => !read(exchange)).map(({ name }) => name);
    if (missing.length === 0) return undefined;
    const message = `Missing required request parameters: [${missing.join(', ')}]`;
    return refuse('BAD_REQUEST_PARAMETERS', { message, validationError: `[${missing.join(', ')}]` });
  };
}

/**
 * Checks the body against the schema of its content type, else of `$default`; a body of a content type without a
 * schema passes, as on AWS: who wants every body checked declares `$default`.
 */
export function checkBody(schemas: ReadonlyMap<string, ValidateFunction>): RequestCheck {
  return (exchange) => {
    const sentType = exchange.headers.get('content-type') ?? ASSUMED_CONTENT_TYPE;
    const validate = schemas.get((sentType.split(';', 1)[0] as string).trim().toLowerCase()) ?? schemas.get('$default');
    if (!validate) return undefined;
    const body = parseBody(exchange.request.body);
    if (!body.parsed) return refuse('BAD_REQUEST_BODY', { validationError: `[${body.problem}]` });
    if (validate(body.value)) return undefined;
    const messages = validationMessages(validate.errors as ErrorObject[]);
    return refuse('BAD_REQUEST_BODY', { validationError: `[${messages.join(', ')}]` });
  };
}

/** Differs from AWS: the words for a body that is not JSON at all are this package's own. */
function parseBody(body: Buffer): { parsed: true; value: unknown } | { parsed: false; problem: string } {
  if (body.length === 0) return { parsed: false, problem: 'the request has no body' };
  try {
    return { parsed: true, value: JSON.parse(body.toString('utf8')) };
  } catch {
    return { parsed: false, problem: 'the request body is not valid JSON' };
  }
}
