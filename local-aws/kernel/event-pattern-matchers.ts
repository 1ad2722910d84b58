import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** A pattern that AWS refuses, with the reason. */
export class InvalidEventPattern extends Error {}

/** One entry of a field's list. */
export interface ValueMatcher {
  readonly matches: (leaf: unknown) => boolean;
  /** Holds when the field is not there. */
  readonly absent: boolean;
}

type Leaf = (leaf: unknown) => boolean;
type Text = (text: string) => boolean;

export function parseMatcher(entry: unknown, path: string): ValueMatcher {
  if (isScalar(entry)) return { matches: (leaf) => leaf === entry, absent: false };
  const [operator, operand] = soleEntry(entry, path);
  if (operator !== 'exists') return { matches: parseOperator(operator, operand, path), absent: false };
  if (typeof operand !== 'boolean') throw invalid(path, 'exists must be true or false');
  return { matches: () => operand, absent: !operand };
}

function parseOperator(operator: string, operand: unknown, path: string): Leaf {
  if (operator === 'numeric') return parseNumeric(operand, path);
  if (operator === 'cidr') return parseCidr(operand, path);
  if (operator === 'anything-but') return parseAnythingBut(operand, path);
  return onText(parseTextOperator(operator, operand, path));
}

function parseTextOperator(operator: string, operand: unknown, path: string): Text {
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return parseAffix(operator, operand, path);
    case 'equals-ignore-case': {
      const wanted = textOf(operator, operand, path).toLowerCase();
      return (text) => text.toLowerCase() === wanted;
    }
    case 'wildcard':
      return parseWildcard(textOf(operator, operand, path), path);
    default:
      throw invalid(path, `unrecognized match type ${operator}`);
  }
}

function parseAffix(operator: 'prefix' | 'suffix', operand: unknown, path: string): Text {
  const ends = (text: string, affix: string) => (operator === 'prefix' ? text.startsWith(affix) : text.endsWith(affix));
  if (typeof operand === 'string') return (text) => ends(text, operand);
  const [inner, value] = soleEntry(operand, path);
  if (inner !== 'equals-ignore-case') throw invalid(path, `${operator} takes a string or equals-ignore-case`);
  const affix = textOf(inner, value, path).toLowerCase();
  return (text) => ends(text.toLowerCase(), affix);
}

/** `*` stands for any characters; `\*` and `\\` for themselves. */
function parseWildcard(pattern: string, path: string): Text {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    if (character === '*') {
      if (pattern[at + 1] === '*') throw invalid(path, 'consecutive wildcards are not allowed');
      source += '[^]*';
    } else if (character === '\\') {
      at += 1;
      const escaped = pattern[at];
      if (escaped !== '*' && escaped !== '\\') throw invalid(path, 'invalid escape in wildcard');
      source += `\\${escaped}`;
    } else {
      source += character.replace(/[$()+.?[\]^{|}]/, '\\$&');
    }
  }
  const expression = new RegExp(`^${source}$`, 'v');
  return (text) => expression.test(text);
}

function parseAnythingBut(operand: unknown, path: string): Leaf {
  if (isScalar(operand) || Array.isArray(operand)) {
    const refused: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    const uniform = new Set(refused.map((value) => typeof value)).size === 1;
    if (!uniform || !refused.every((value) => typeof value === 'string' || typeof value === 'number')) {
      throw invalid(path, 'anything-but takes strings or numbers, not both');
    }
    return (leaf) => !refused.some((value) => value === leaf);
  }
  const [operator, value] = soleEntry(operand, path);
  const values = Array.isArray(value) ? value : [value];
  const tests = values.map((each) => onText(parseTextOperator(operator, each, path)));
  if (tests.length === 0) throw invalid(path, `anything-but ${operator} must not be empty`);
  return (leaf) => !tests.some((test) => test(leaf));
}

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Numbers a numeric match may name. Source: eb-create-pattern-operators.html, "Numeric matching". */
const NUMERIC_BOUND = 5_000_000_000;

/** One comparison, or a lower bound followed by an upper one. */
function parseNumeric(operand: unknown, path: string): Leaf {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) throw invalid(path, 'invalid numeric');
  const [operator, , second] = operand;
  const range = String(operator).startsWith('>') && String(second).startsWith('<');
  if (operand.length === 4 && !range) throw invalid(path, 'a numeric range is a lower bound and then an upper one');
  if (range && operand[1] >= operand[3]) throw invalid(path, 'the bottom of a numeric range must be below its top');
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < operand.length; at += 2) {
    const compare = COMPARISONS[String(operand[at])];
    const bound: unknown = operand[at + 1];
    if (!compare || typeof bound !== 'number' || Math.abs(bound) > NUMERIC_BOUND)
      throw invalid(path, 'invalid numeric');
    tests.push((value) => compare(value, bound));
  }
  return (leaf) => typeof leaf === 'number' && tests.every((test) => test(leaf));
}

function parseCidr(operand: unknown, path: string): Leaf {
  const [network = '', prefix = ''] = textOf('cidr', operand, path).split('/');
  const family = isIPv4(network) ? 'ipv4' : 'ipv6';
  const bits = family === 'ipv4' ? 32 : 128;
  if ((!isIPv4(network) && !isIPv6(network)) || !/^\d+$/.test(prefix) || Number(prefix) > bits) {
    throw invalid(path, `invalid cidr ${String(operand)}`);
  }
  const block = new BlockList();
  block.addSubnet(network, Number(prefix), family);
  const isAddress = family === 'ipv4' ? isIPv4 : isIPv6;
  return onText((text) => isAddress(text) && block.check(text, family));
}

function onText(test: Text): Leaf {
  return (leaf) => typeof leaf === 'string' && test(leaf);
}

function textOf(operator: string, operand: unknown, path: string): string {
  if (typeof operand === 'string' && operand !== '') return operand;
  throw invalid(path, `${operator} takes a string`);
}

function soleEntry(value: unknown, path: string): [string, unknown] {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const [entry] = entries;
  if (!entry || entries.length !== 1) throw invalid(path, 'a matcher is a value or an object with one operator');
  return entry;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function invalid(path: string, reason: string): InvalidEventPattern {
  return new InvalidEventPattern(`${path}: ${reason}`);
}
