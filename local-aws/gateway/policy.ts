export type Decision = 'ALLOW' | 'EXPLICIT_DENY' | 'IMPLICIT_DENY';

/** Decides for the ARN of a method. */
export type Policy = (methodArn: string) => Decision;

interface Statement {
  readonly allow: boolean;
  readonly resources: readonly RegExp[];
}

const INVOKE_ACTIONS: ReadonlySet<string> = new Set(['*', 'execute-api:*', 'execute-api:invoke']);

/**
 * Compiles the policy document of an authorizer's answer; undefined when it is malformed, which AWS answers with 500.
 *
 * Differs from AWS: `Condition`, `NotAction` and `NotResource` count as malformed.
 */
export function compilePolicy(document: unknown): Policy | undefined {
  const listed = isRecord(document) ? [document.Statement].flat() : [];
  const statements: Statement[] = [];
  for (const one of listed) {
    const statement = compileStatement(one);
    if (statement === undefined) return undefined;
    if (statement !== 'OTHER_ACTION') statements.push(statement);
  }
  return listed.length === 0 ? undefined : (methodArn) => decide(statements, methodArn);
}

function compileStatement(value: unknown): Statement | 'OTHER_ACTION' | undefined {
  if (!isRecord(value)) return undefined;
  const { Action, Effect, Resource, Condition, NotAction, NotResource } = value;
  if (Condition !== undefined || NotAction !== undefined || NotResource !== undefined) return undefined;
  const actions = [Action].flat();
  const resources = [Resource].flat();
  if (![...actions, ...resources].every((one) => typeof one === 'string')) return undefined;
  if (Effect !== 'Allow' && Effect !== 'Deny') return undefined;
  if (!actions.some((action) => INVOKE_ACTIONS.has((action as string).toLowerCase()))) return 'OTHER_ACTION';
  return { allow: Effect === 'Allow', resources: resources.map((resource) => wildcardPattern(resource as string)) };
}

/** An explicit deny goes before every allow; without either it is an implicit deny. */
function decide(statements: readonly Statement[], methodArn: string): Decision {
  let decision: Decision = 'IMPLICIT_DENY';
  for (const { allow, resources } of statements) {
    if (!resources.some((pattern) => pattern.test(methodArn))) continue;
    if (!allow) return 'EXPLICIT_DENY';
    decision = 'ALLOW';
  }
  return decision;
}

/** IAM's wildcards: `*` any characters, also slashes; `?` one. */
function wildcardPattern(text: string): RegExp {
  const escaped = text.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*+/g, '.*').replaceAll('?', '.')}$`, 's');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
