import { eventPatternMatcher, InvalidEventPattern } from '../../kernel/event-pattern.ts';
import type { MessageAttributes } from './message-attributes.ts';
import { invalidParameter } from './sns-error.ts';

export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

/** Whether a message is for the subscription. */
export type MessageFilter = (message: { readonly body: string; readonly attributes: MessageAttributes }) => boolean;

/** Quotas of a filter policy. Source: sns-subscription-filter-policies, "Filter policy constraints". */
const MAX_KEYS = 5;
const MAX_COMBINATIONS = 150;

export function messageFilter(policyText: string, scope: FilterPolicyScope): MessageFilter {
  const policy = parseObject(policyText);
  if (policy === undefined) throw refused('failed to parse JSON.');
  if (Object.keys(policy).length === 0) return () => true;
  checkSize(policy, scope);
  const matches = compile(policy);
  if (scope === 'MessageAttributes') return ({ attributes }) => matches(valuesOf(attributes));
  return ({ body }) => {
    const document = parseObject(body);
    return document !== undefined && matches(document);
  };
}

function compile(policy: Record<string, unknown>): (event: unknown) => boolean {
  try {
    return eventPatternMatcher(policy);
  } catch (error) {
    if (error instanceof InvalidEventPattern) throw Object.assign(refused(error.message), { cause: error });
    throw error;
  }
}

function checkSize(policy: Record<string, unknown>, scope: FilterPolicyScope): void {
  const leaves = leavesOf(policy, 1);
  if (scope === 'MessageAttributes' && leaves.some(({ depth }) => depth > 1)) {
    throw refused('Filter policy scope MessageAttributes does not support nested filter policy');
  }
  if (leaves.length > MAX_KEYS) throw refused(`Filter policy can not have more than ${MAX_KEYS} keys`);
  const combinations = leaves.reduce((product, { values, depth }) => product * values * depth, 1);
  if (combinations > MAX_COMBINATIONS) throw refused('Filter policy is too complex');
}

/** Every key that holds a list, with how many values and how deep it stands; `$or` adds no depth. */
function leavesOf(fields: Record<string, unknown>, depth: number): { values: number; depth: number }[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (Array.isArray(value)) {
      const alternatives = name === '$or' ? value.filter(isObject) : [];
      if (alternatives.length > 0) return alternatives.flatMap((alternative) => leavesOf(alternative, depth));
      return [{ values: value.length, depth }];
    }
    return isObject(value) ? leavesOf(value, depth + 1) : [];
  });
}

/** Attributes as values to match; binary ones cannot be matched. */
function valuesOf(attributes: MessageAttributes): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, { DataType, StringValue = '' }] of Object.entries(attributes)) {
    if (DataType.startsWith('Number')) values[name] = Number(StringValue);
    else if (DataType === 'String.Array') values[name] = JSON.parse(StringValue);
    else if (DataType.startsWith('String')) values[name] = StringValue;
  }
  return values;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(reason: string) {
  return invalidParameter(`FilterPolicy: ${reason}`);
}
