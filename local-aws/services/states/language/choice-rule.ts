import { COMPARISONS, compilePattern, TYPE_TESTS } from './comparison.ts';
import { Fields } from './fields.ts';
import { compilePath, compileRequiredPath, type Read } from './path.ts';
import type { Walk } from './walk.ts';

/** Whether a choice rule holds for the data of a Choice. @throws StateFailure States.Runtime when its Variable is not there */
export type Rule = (data: unknown, walk: Walk) => boolean;

const CONNECTIVES = ['And', 'Or', 'Not'];
const OPERATORS = [
  ...[...COMPARISONS.keys()].flatMap((name) => [name, `${name}Path`]),
  ...TYPE_TESTS.keys(),
  'StringMatches',
];
export const RULE_FIELDS = ['Comment', 'Variable', ...CONNECTIVES, ...OPERATORS];

export function compileRule(fields: Fields): Rule {
  const name = fields.oneOf([...CONNECTIVES, ...OPERATORS]);
  if (name === undefined) throw fields.refuse('a comparison operator is missing');
  if (!CONNECTIVES.includes(name)) return compileComparison(fields, name);
  if (fields.has('Variable')) throw fields.refuse(`Variable beside ${name}`);
  const compileInner = (source: unknown) => compileRule(new Fields(source, `${fields.where}, ${name}`, RULE_FIELDS));
  if (name === 'Not') {
    const rule = compileInner(fields.value(name));
    return (data, walk) => !rule(data, walk);
  }
  const rules = fields.list(name).map(compileInner);
  return name === 'And'
    ? (data, walk) => rules.every((rule) => rule(data, walk))
    : (data, walk) => rules.some((rule) => rule(data, walk));
}

function compileComparison(fields: Fields, operator: string): Rule {
  const path = fields.requiredText('Variable');
  const typeTest = TYPE_TESTS.get(operator);
  if (typeTest) {
    const expected = fields.value(operator);
    if (typeof expected !== 'boolean') throw fields.refuse(`${operator} is not a boolean`);
    const read =
      operator === 'IsPresent' ? compilePath(path, fields.where) : compileRequiredPath(path, fields.where, 'Variable');
    return (data, walk) => typeTest(read(data, walk)) === expected;
  }
  const variable = compileRequiredPath(path, fields.where, 'Variable');
  return operator === 'StringMatches' ? compileMatch(fields, variable) : compileOrder(fields, operator, variable);
}

function compileMatch(fields: Fields, variable: Read): Rule {
  const pattern = compilePattern(fields.requiredText('StringMatches'));
  if (!pattern) throw fields.refuse('StringMatches has a \\ before neither * nor \\');
  return (data, walk) => {
    const text = variable(data, walk);
    return typeof text === 'string' && pattern.test(text);
  };
}

function compileOrder(fields: Fields, operator: string, variable: Read): Rule {
  const fixed = COMPARISONS.get(operator);
  if (fixed) {
    const { comparable, holds } = fixed;
    const right = comparable(fields.value(operator));
    if (right === undefined) throw fields.refuse(`${operator} is not of its type`);
    return (data, walk) => {
      const left = comparable(variable(data, walk));
      return left !== undefined && holds(left, right);
    };
  }
  const { comparable, holds } = COMPARISONS.get(operator.slice(0, -'Path'.length))!;
  const other = compileRequiredPath(fields.value(operator), fields.where, operator);
  return (data, walk) => {
    const left = comparable(variable(data, walk));
    const right = comparable(other(data, walk));
    return left !== undefined && right !== undefined && holds(left, right);
  };
}
