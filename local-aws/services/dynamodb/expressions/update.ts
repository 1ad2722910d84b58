import type { Parsed } from './condition.ts';
import type { DocumentPath } from './document-path.ts';
import { TokenReader } from './token-reader.ts';

/** The four clauses of an update, each in the order it was written. */
export interface Update {
  readonly set: readonly { readonly path: DocumentPath; readonly value: UpdateValue }[];
  readonly remove: readonly DocumentPath[];
  readonly add: readonly { readonly path: DocumentPath; readonly placeholder: string }[];
  readonly delete: readonly { readonly path: DocumentPath; readonly placeholder: string }[];
  /** All paths, in the order in which they stand in the expression. */
  readonly paths: readonly DocumentPath[];
}

export type UpdateValue =
  | { readonly kind: 'path'; readonly path: DocumentPath }
  | { readonly kind: 'value'; readonly placeholder: string }
  | { readonly kind: 'sum'; readonly operator: '+' | '-'; readonly left: UpdateValue; readonly right: UpdateValue }
  | { readonly kind: 'if_not_exists'; readonly path: DocumentPath; readonly otherwise: UpdateValue }
  | { readonly kind: 'list_append'; readonly left: UpdateValue; readonly right: UpdateValue };

type Mutable = {
  set: Update['set'][number][];
  remove: DocumentPath[];
  add: Update['add'][number][];
  delete: Update['delete'][number][];
  paths: DocumentPath[];
};

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html */
export function parseUpdate(source: string): Parsed<Update> {
  const reader = new TokenReader('UpdateExpression', source);
  const tree: Mutable = { set: [], remove: [], add: [], delete: [], paths: [] };
  const seen = new Set<string>();
  do {
    const clause = CLAUSES.find((keyword) => reader.takeKeyword(keyword));
    if (!clause) throw reader.syntaxError();
    if (seen.has(clause)) {
      throw reader.error(`The "${clause}" section can only be used once in an update expression;`);
    }
    seen.add(clause);
    do parseAction(reader, clause, tree);
    while (reader.takeSymbol(','));
  } while (!reader.atEnd());
  return { kind: reader.kind, tree, names: reader.names, values: reader.values };
}

const CLAUSES = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

function parseAction(reader: TokenReader, clause: (typeof CLAUSES)[number], tree: Mutable): void {
  const path = reader.path();
  tree.paths.push(path);
  switch (clause) {
    case 'SET':
      reader.expectSymbol('=');
      tree.set.push({ path, value: parseValue(reader) });
      return;
    case 'REMOVE':
      tree.remove.push(path);
      return;
    case 'ADD':
      tree.add.push({ path, placeholder: expectValue(reader) });
      return;
    case 'DELETE':
      tree.delete.push({ path, placeholder: expectValue(reader) });
  }
}

function expectValue(reader: TokenReader): string {
  const placeholder = reader.takeValue();
  if (placeholder === undefined) throw reader.syntaxError();
  return placeholder;
}

function parseValue(reader: TokenReader): UpdateValue {
  const left = parseTerm(reader);
  const operator = reader.takeSymbol('+') ? '+' : reader.takeSymbol('-') ? '-' : undefined;
  return operator ? { kind: 'sum', operator, left, right: parseTerm(reader) } : left;
}

function parseTerm(reader: TokenReader): UpdateValue {
  if (reader.takeSymbol('(')) {
    if (reader.isSymbol('(')) throw reader.error('The expression has redundant parentheses;');
    const inner = parseValue(reader);
    reader.expectSymbol(')');
    return inner;
  }
  const placeholder = reader.takeValue();
  if (placeholder !== undefined) return { kind: 'value', placeholder };
  const call = reader.takeFunctionName();
  return call === undefined ? { kind: 'path', path: reader.path() } : parseCall(reader, call);
}

function parseCall(reader: TokenReader, name: string): UpdateValue {
  if (name !== 'if_not_exists' && name !== 'list_append') {
    if (!CONDITION_FUNCTIONS.has(name)) throw reader.error(`Invalid function name; function: ${name}`);
    throw reader.error(`The function is not allowed in an update expression; function: ${name}`);
  }
  const operands: UpdateValue[] = [];
  do operands.push(parseTerm(reader));
  while (reader.takeSymbol(','));
  reader.expectSymbol(')');
  const [left, right] = operands;
  if (operands.length !== 2 || !left || !right) {
    throw reader.error(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  }
  if (name === 'list_append') return { kind: 'list_append', left, right };
  if (left.kind !== 'path') {
    throw reader.error('Operator or function requires a document path; operator or function: if_not_exists');
  }
  return { kind: 'if_not_exists', path: left.path, otherwise: right };
}

const CONDITION_FUNCTIONS = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);
