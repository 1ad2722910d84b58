import { compilePolicy, type Policy } from './policy.ts';

/** What a Lambda authorizer said, cached as it is. */
export interface AuthorizerResult {
  readonly principalId: string;
  /** Values as strings, as a proxy event has them. */
  readonly context: Readonly<Record<string, string>>;
  readonly usageIdentifierKey: string | undefined;
  readonly policy: Policy;
}

/**
 * Reads an authorizer's output; undefined when it is malformed. It must have `principalId` and `policyDocument`; the
 * values of `context` are strings, numbers or booleans and become strings.
 * Source: "Output from an API Gateway Lambda authorizer".
 */
export function readAuthorizerResult(payload: string): AuthorizerResult | undefined {
  const output = parse(payload);
  if (typeof output?.principalId !== 'string' || output.principalId === '') return undefined;
  const policy = compilePolicy(output.policyDocument);
  const context = readContext(output.context);
  if (!policy || !context) return undefined;
  const key = output.usageIdentifierKey;
  return {
    principalId: output.principalId,
    context,
    usageIdentifierKey: typeof key === 'string' ? key : undefined,
    policy,
  };
}

function readContext(value: unknown): Readonly<Record<string, string>> | undefined {
  const context: Record<string, string> = Object.create(null);
  if (value === undefined || value === null) return context;
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  for (const [name, one] of Object.entries(value)) {
    if (typeof one === 'object' && one !== null) return undefined;
    context[name] = String(one);
  }
  return context;
}

function parse(payload: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // A function always answers JSON; anything else is as malformed as a wrong shape.
    return undefined;
  }
}
