import type { ValidateFunction } from 'ajv';
import Draft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { ApiMethod, Definitions } from '../definitions.ts';
import { checkBody, type RequestCheck, requireParameters } from '../execution/request-validation.ts';

/** The formats of draft 4; API Gateway passes over any other, such as `uuid`. */
const DRAFT_4_FORMATS = ['date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri'] as const;

/** Models every API has without declaring them. */
const BUILT_IN_MODELS: ReadonlyMap<string, object> = new Map([
  ['Empty', {}],
  ['Error', {}],
]);

/** Gives the check of each method of an API: required parameters, then the body. Each schema is compiled once. */
export function compileRequestChecks(
  definitions: Definitions,
  apiId: string,
): (method: ApiMethod) => RequestCheck | undefined {
  const schemaOf = compileModels(definitions, apiId);
  return (method) => {
    if (method.validatorId === undefined) return undefined;
    const validator = definitions.validators.get(method.validatorId);
    if (!validator) throw new AwsError('BadRequestException', 'Invalid Request Validator identifier specified');
    const required = [...method.requestParameters].filter(([, isRequired]) => isRequired).map(([name]) => name);
    const models = Object.entries(method.requestModels);
    const checks: RequestCheck[] = [];
    if (validator.parameters && required.length > 0) checks.push(requireParameters(required));
    if (validator.body && models.length > 0) {
      checks.push(checkBody(new Map(models.map(([type, name]) => [type.toLowerCase(), schemaOf(name)]))));
    }
    return inTurn(checks);
  };
}

function inTurn(checks: readonly RequestCheck[]): RequestCheck | undefined {
  if (checks.length < 2) return checks[0];
  return (exchange) => {
    for (const check of checks) {
      const refusal = check(exchange);
      if (refusal) return refusal;
    }
    return undefined;
  };
}

/** One model may refer to another by its URL, `https://apigateway.amazonaws.com/restapis/<api>/models/<name>`. */
function compileModels(definitions: Definitions, apiId: string): (name: string) => ValidateFunction {
  const ajv = new Draft4.default({ allErrors: true, verbose: true, strict: false, logger: false });
  formats.default(ajv, [...DRAFT_4_FORMATS]);
  const urlOf = (name: string): string => `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;
  const models = new Map(BUILT_IN_MODELS);
  for (const model of definitions.models.values()) if (model.apiId === apiId) models.set(model.name, model.schema);
  const named = <T>(name: string, work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw Object.assign(new AwsError('BadRequestException', `Invalid model specified: ${name}: ${why}`), { cause });
    }
  };
  for (const [name, schema] of models) named(name, () => ajv.addSchema(schema, urlOf(name)));
  return (name) => {
    const validate = named(name, () => ajv.getSchema(urlOf(name)));
    if (!validate) throw new AwsError('BadRequestException', `Invalid model name specified: ${name}`);
    return validate;
  };
}
