import { isDeepStrictEqual } from 'node:util';
import { notSupported } from '../kernel/aws-error.ts';
import { list, resolve, type Scope } from './intrinsics.ts';
import { TemplateError } from './template.ts';

/** How `Conditions` answer: each is evaluated once, when first asked for. */
export function conditionReader(
  conditions: Readonly<Record<string, unknown>>,
  scope: Omit<Scope, 'condition'>,
): Scope['condition'] {
  const known = new Map<string, boolean | 'being evaluated'>();

  const read = (name: string, path: string): boolean => {
    const value = known.get(name);
    if (value === 'being evaluated') throw new TemplateError(path, `condition ${name} depends on itself`);
    if (value !== undefined) return value;
    if (!Object.hasOwn(conditions, name)) throw new TemplateError(path, `there is no condition ${name}`);
    known.set(name, 'being evaluated');
    const result = evaluate(conditions[name], { ...scope, condition: read }, `Conditions.${name}`);
    known.set(name, result);
    return result;
  };
  return read;
}

function evaluate(expression: unknown, scope: Scope, path: string): boolean {
  const entries = Object.entries(expression ?? {});
  const [name, argument] = entries[0] ?? [];
  if (name === undefined || entries.length > 1) throw new TemplateError(path, 'a condition has exactly one function');
  const nested = (): boolean[] =>
    list(argument, path).map((item, index) => evaluate(item, scope, `${path}.${name}[${index}]`));
  switch (name) {
    case 'Condition':
      return scope.condition(String(argument), path);
    case 'Fn::Equals': {
      const [left, right] = list(argument, path, 2);
      return isDeepStrictEqual(resolve(left, scope, path), resolve(right, scope, path));
    }
    case 'Fn::And':
      return nested().every(Boolean);
    case 'Fn::Or':
      return nested().some(Boolean);
    case 'Fn::Not':
      return !nested()[0];
    default:
      throw notSupported(`${path}: condition function ${name}`);
  }
}
