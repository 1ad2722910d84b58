import { notSupported } from '../aws-error.ts';
import type { ContextReader } from './access-request.ts';
import { arnMatcher, type Matcher, patternMatcher } from './pattern.ts';

export type Condition = (read: ContextReader) => boolean;

/** Condition keys whose values this package knows. A policy with any other is refused: it would decide otherwise than AWS. */
const KEYS = [
  ...['aws:PrincipalArn', 'aws:SecureTransport', 'aws:SourceAccount', 'aws:SourceArn'],
  ...['dynamodb:LeadingKeys', 'kms:CallerAccount', 'kms:EncryptionContextKeys', 'kms:ViaService'],
  ...['s3:x-amz-server-side-encryption', 's3:x-amz-server-side-encryption-aws-kms-key-id'],
];
const KEY_BY_LOWER_CASE = new Map(KEYS.map((key) => [key.toLowerCase(), key]));
/** The name of the pair follows, and its case counts. */
const ENCRYPTION_CONTEXT = 'kms:EncryptionContext:';

interface Operator {
  readonly matcherOf: (value: string) => Matcher;
  readonly isNegated?: true;
}

/** Source: IAM user guide, "IAM JSON policy elements: Condition operators". */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { matcherOf: equals },
  StringNotEquals: { matcherOf: equals, isNegated: true },
  StringLike: { matcherOf: patternMatcher },
  ArnEquals: { matcherOf: arnMatcher },
  ArnLike: { matcherOf: arnMatcher },
  Bool: { matcherOf: (value) => equals(value.toLowerCase()) },
};

/** All of a statement's `Condition`. @throws AwsError NotSupportedByLocalAws for operators and keys that are not known */
export function compileConditions(block: unknown): readonly Condition[] {
  return Object.entries((block ?? {}) as Record<string, Record<string, unknown>>).flatMap(([operator, pairs]) =>
    Object.entries(pairs).map(([key, values]) => compileCondition(operator, knownKey(key), textsOf(values))),
  );
}

function compileCondition(operator: string, key: string, values: readonly string[]): Condition {
  if (operator === 'Null') {
    const isAbsent = values.some((value) => value.toLowerCase() === 'true');
    return (read) => (read(key) === undefined) === isAbsent;
  }
  const [, quantifier, name = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.+)$/.exec(operator) ?? [];
  const known = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!known) throw notSupported(`the condition operator ${operator}`);
  const holds = valueTest(known, values);
  const { isNegated = false } = known;
  if (quantifier === 'ForAllValues') return (read) => listOf(read(key)).every(holds);
  if (quantifier === 'ForAnyValue') return (read) => listOf(read(key)).some(holds);
  return (read) => {
    const given = read(key);
    // A key that the request does not have fails every operator but the negated ones.
    if (given === undefined) return isNegated;
    return isNegated ? listOf(given).every(holds) : listOf(given).some(holds);
  };
}

/** Several values of a policy are alternatives; under a negated operator none of them may match. */
function valueTest({ matcherOf, isNegated }: Operator, values: readonly string[]): Matcher {
  const matchers = values.map(matcherOf);
  if (isNegated) return (given) => !matchers.some((matches) => matches(given));
  return (given) => matchers.some((matches) => matches(given));
}

function knownKey(key: string): string {
  if (key.toLowerCase().startsWith(ENCRYPTION_CONTEXT.toLowerCase())) {
    return ENCRYPTION_CONTEXT + key.slice(ENCRYPTION_CONTEXT.length);
  }
  const known = KEY_BY_LOWER_CASE.get(key.toLowerCase());
  if (!known) throw notSupported(`the condition key ${key}`);
  return known;
}

function textsOf(values: unknown): readonly string[] {
  const texts = (Array.isArray(values) ? values : [values]).map(String);
  for (const text of texts) if (text.includes('${')) throw notSupported(`the policy variable in ${text}`);
  return texts;
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function equals(expected: string): Matcher {
  return (given) => given === expected;
}
