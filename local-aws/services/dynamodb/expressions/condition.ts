import type { AwsError } from '../../../kernel/aws-error.ts';
import type { DocumentPath } from './document-path.ts';
import { type ExpressionKind, TokenReader } from './token-reader.ts';

export type Operand =
  | { readonly kind: 'path'; readonly path: DocumentPath }
  | { readonly kind: 'value'; readonly placeholder: string }
  | { readonly kind: 'size'; readonly of: Operand };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type Predicate = 'attribute_exists' | 'attribute_not_exists' | 'attribute_type' | 'begins_with' | 'contains';

export type Condition =
  | { readonly kind: 'and'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'compare'; readonly comparator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly choices: readonly Operand[] }
  | { readonly kind: 'predicate'; readonly name: Predicate; readonly operands: readonly Operand[] };

/** What parsing one expression yields: it depends on the text alone and is shared by all requests that send it. */
export interface Parsed<T> {
  readonly kind: ExpressionKind;
  readonly tree: T;
  readonly names: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

/** Operands each predicate takes. */
const PREDICATES: Readonly<Record<Predicate, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
};

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html */
export function parseCondition(kind: ExpressionKind, source: string): Parsed<Condition> {
  const reader = new TokenReader(kind, source);
  const tree = disjunction(reader);
  reader.expectEnd();
  return { kind, tree, names: reader.names, values: reader.values };
}

function disjunction(reader: TokenReader): Condition {
  let left = conjunction(reader);
  while (reader.takeKeyword('OR')) left = { kind: 'or', left, right: conjunction(reader) };
  return left;
}

function conjunction(reader: TokenReader): Condition {
  let left = negation(reader);
  while (reader.takeKeyword('AND')) left = { kind: 'and', left, right: negation(reader) };
  return left;
}

function negation(reader: TokenReader): Condition {
  if (reader.takeKeyword('NOT')) return { kind: 'not', condition: negation(reader) };
  const mark = reader.mark();
  if (!reader.takeSymbol('(')) return simpleCondition(reader);
  try {
    return grouped(reader);
  } catch (error) {
    // The parenthesis may have stood about an operand: `(a) = :v`. Two in a row never do, which keeps the work linear.
    reader.returnTo(mark + 1);
    if (reader.isSymbol('(')) throw error;
    reader.returnTo(mark);
    return groupedOperand(reader, error);
  }
}

/** After an opening parenthesis. */
function grouped(reader: TokenReader): Condition {
  const doubled = reader.isSymbol('(');
  const inner = disjunction(reader);
  reader.expectSymbol(')');
  if (doubled && isGrouped.has(inner)) throw reader.error('The expression has redundant parentheses;');
  isGrouped.add(inner);
  return inner;
}

function groupedOperand(reader: TokenReader, failure: unknown): Condition {
  try {
    return simpleCondition(reader);
  } catch {
    throw failure;
  }
}

/** Conditions that already stood between parentheses of their own. */
const isGrouped = new WeakSet<Condition>();

function simpleCondition(reader: TokenReader): Condition {
  const call = reader.takeFunctionName();
  if (call !== undefined && call !== 'size') return predicate(reader, call);
  const left = call === 'size' ? sizeOperand(reader) : operand(reader);
  const comparator = reader.takeComparator();
  if (comparator) return { kind: 'compare', comparator: comparator as Comparator, left, right: operand(reader) };
  if (reader.takeKeyword('BETWEEN')) {
    const low = operand(reader);
    if (!reader.takeKeyword('AND')) throw reader.syntaxError();
    return { kind: 'between', operand: left, low, high: operand(reader) };
  }
  if (call === 'size' && !reader.isKeyword('IN')) throw misplaced(reader, call);
  if (!reader.takeKeyword('IN')) throw reader.syntaxError();
  reader.expectSymbol('(');
  return { kind: 'in', operand: left, choices: operandList(reader) };
}

function predicate(reader: TokenReader, name: string): Condition {
  if (!Object.hasOwn(PREDICATES, name)) throw reader.error(`Invalid function name; function: ${name}`);
  const operands = operandList(reader);
  if (operands.length !== PREDICATES[name as Predicate]) throw wrongOperandCount(reader, name, operands.length);
  return { kind: 'predicate', name: name as Predicate, operands };
}

/** After the opening parenthesis, up to and with the closing one. */
function operandList(reader: TokenReader): Operand[] {
  const operands: Operand[] = [];
  do operands.push(operand(reader));
  while (reader.takeSymbol(','));
  reader.expectSymbol(')');
  return operands;
}

function operand(reader: TokenReader): Operand {
  if (reader.takeSymbol('(')) {
    if (reader.isSymbol('(')) throw reader.error('The expression has redundant parentheses;');
    const inner = operand(reader);
    reader.expectSymbol(')');
    return inner;
  }
  const placeholder = reader.takeValue();
  if (placeholder !== undefined) return { kind: 'value', placeholder };
  const call = reader.takeFunctionName();
  if (call === undefined) return { kind: 'path', path: reader.path() };
  if (call === 'size') return sizeOperand(reader);
  if (!Object.hasOwn(PREDICATES, call)) throw reader.error(`Invalid function name; function: ${call}`);
  throw misplaced(reader, call);
}

function misplaced(reader: TokenReader, name: string): AwsError {
  return reader.error(`The function is not allowed to be used this way in an expression; function: ${name}`);
}

function sizeOperand(reader: TokenReader): Operand {
  const operands = operandList(reader);
  if (operands.length !== 1) throw wrongOperandCount(reader, 'size', operands.length);
  return { kind: 'size', of: operands[0] as Operand };
}

function wrongOperandCount(reader: TokenReader, name: string, count: number) {
  return reader.error(
    `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`,
  );
}
