import { AwsError, notSupported } from '../aws-error.ts';
import { type Condition, compileConditions } from './condition.ts';
import { actionMatcher, type Matcher, patternMatcher } from './pattern.ts';
import { type Caller, compilePrincipal, type PrincipalMatch } from './principal-element.ts';

export interface Statement {
  /** As written. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: object | undefined;
  readonly isDeny: boolean;
  readonly coversAction: Matcher;
  readonly coversResource: Matcher;
  /** Undefined in the policies of a role: they speak of the role alone. */
  readonly principal: ((caller: Caller) => PrincipalMatch) | undefined;
  readonly conditions: readonly Condition[];
}

/** `trust`: a role's AssumeRolePolicyDocument, whose resource is the role itself. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

const KNOWN = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Principal', 'Condition']);

/** Reads a policy's document. @throws AwsError MalformedPolicyDocument, or NotSupportedByLocalAws for what this package does not decide by */
export function compileStatements(document: unknown, kind: PolicyKind): readonly Statement[] {
  const { Statement: given, Version: _, Id: __, ...others } = (document ?? {}) as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other) throw malformed(`unknown element ${other}`);
  if (given === undefined) throw malformed('a policy needs a Statement');
  return (Array.isArray(given) ? given : [given]).map((statement) => compileStatement(statement, kind));
}

function compileStatement(given: Record<string, unknown>, kind: PolicyKind): Statement {
  const other = Object.keys(given).find((element) => !KNOWN.has(element));
  if (other) throw notSupported(`the policy element ${other}`);
  const { Effect, Action, Resource, Principal, Condition } = given;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed(`Effect ${String(Effect)}`);
  if (Action === undefined) throw malformed('a statement needs an Action');
  if (kind === 'identity' && Principal !== undefined) throw malformed('policies of roles have no Principal');
  if (kind !== 'identity' && Principal === undefined) throw malformed('a statement needs a Principal');
  if ((Resource === undefined) !== (kind === 'trust')) throw malformed('a statement needs a Resource');
  const actions = textsOf(Action);
  const resources = textsOf(Resource ?? '*');
  const covers = resources.map(patternMatcher);
  return {
    actions,
    resources,
    condition: Condition as object | undefined,
    isDeny: Effect === 'Deny',
    coversAction: actionMatcher(actions),
    coversResource: (resource) => covers.some((matches) => matches(resource)),
    principal: kind === 'identity' ? undefined : compilePrincipal(Principal),
    conditions: compileConditions(Condition),
  };
}

function textsOf(value: unknown): readonly string[] {
  const texts = (Array.isArray(value) ? value : [value]).map((text) => {
    if (typeof text !== 'string') throw malformed(`${JSON.stringify(text)} is no text`);
    return text;
  });
  for (const text of texts) if (text.includes('${')) throw notSupported(`the policy variable in ${text}`);
  return texts;
}

function malformed(reason: string): AwsError {
  return new AwsError('MalformedPolicyDocument', `The policy is not in the valid JSON format: ${reason}`);
}
