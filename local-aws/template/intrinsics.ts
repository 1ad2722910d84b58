import { notSupported } from '../kernel/aws-error.ts';
import { TemplateError } from './template.ts';

/** What the intrinsics of one place in a template may look up. Each throws when there is no such thing. */
export interface Scope {
  /** Value of a parameter, pseudo parameter or resource. */
  readonly ref: (name: string, path: string) => unknown;
  readonly attribute: (logicalId: string, attribute: string, path: string) => unknown;
  readonly condition: (name: string, path: string) => boolean;
  readonly mapping: (map: string, topKey: string, secondKey: string, path: string) => unknown;
  readonly importValue: (exportName: string, path: string) => unknown;
}

/** What `AWS::NoValue` gives: the property or the list's element is left out. */
export const NO_VALUE: unique symbol = Symbol('AWS::NoValue');

/** The value with every intrinsic in it resolved. `path` names the place in refusals. */
export function resolve(value: unknown, scope: Scope, path: string): unknown {
  if (typeof value === 'string') return refuseDynamicReference(value, path);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) => resolve(item, scope, `${path}[${index}]`)).filter((item) => item !== NO_VALUE);
  }
  const call = intrinsicCall(value, path);
  if (call) return INTRINSICS[call.name]?.(call.argument, scope, `${path}.${call.name}`);
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const resolved = resolve(item, scope, `${path}.${key}`);
    if (resolved !== NO_VALUE) result[key] = resolved;
  }
  return result;
}

/** The intrinsic an object stands for: an object with the one key `Ref` or `Fn::…`. Unknown ones are refused. */
export function intrinsicCall(value: object, path: string): { name: string; argument: unknown } | undefined {
  const keys = Object.keys(value);
  const name = keys.find((key) => key === 'Ref' || key.startsWith('Fn::'));
  if (name === undefined) return undefined;
  if (keys.length > 1) throw new TemplateError(path, `${name} stands beside other keys: ${keys.join(', ')}`);
  if (!Object.hasOwn(INTRINSICS, name)) throw notSupported(`${path}: intrinsic function ${name}`);
  return { name, argument: (value as Record<string, unknown>)[name] };
}

/** `{{resolve:ssm:…}}` and the like are read by CloudFormation itself; passing one on as text would be a silent lie. */
function refuseDynamicReference(value: string, path: string): string {
  if (value.includes('{{resolve:')) throw notSupported(`${path}: dynamic reference ${value}`);
  return value;
}

/** Both forms of `Fn::GetAtt`: a list of two, or `LogicalId.Attribute`. */
export function getAttTarget(argument: unknown, path: string): readonly [logicalId: string, attribute: string] {
  const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument, path);
  if (typeof logicalId !== 'string' || attribute.length === 0) {
    throw new TemplateError(path, 'Fn::GetAtt takes a logical id and an attribute');
  }
  return [logicalId, attribute.join('.')];
}

/** Both forms of `Fn::Sub`: the text, and the variables given beside it. */
export function subParts(argument: unknown, path: string): { text: string; variables: Record<string, unknown> } {
  const [text, variables = {}] = typeof argument === 'string' ? [argument] : list(argument, path);
  if (typeof text !== 'string' || typeof variables !== 'object' || variables === null) {
    throw new TemplateError(path, 'Fn::Sub takes a text and a map of variables');
  }
  return { text, variables: variables as Record<string, unknown> };
}

/** `${Name}` and `${Id.Attribute}`; `${!Literal}` is matched too, so that it can be left as `${Literal}`. */
export const SUB_VARIABLE = /\$\{(!?)\s*([^{}]+?)\s*\}/g;

type Intrinsic = (argument: unknown, scope: Scope, path: string) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope, path) => scope.ref(text(argument, path), path),

  'Fn::GetAtt': (argument, scope, path) => scope.attribute(...getAttTarget(argument, path), path),

  'Fn::ImportValue': (argument, scope, path) => scope.importValue(text(resolve(argument, scope, path), path), path),

  'Fn::Join': (argument, scope, path) => {
    const [delimiter, items] = list(argument, path);
    const values = list(resolve(items, scope, path), path).map((item) => text(item, path));
    return values.join(text(delimiter, path));
  },

  'Fn::Split': (argument, scope, path) => {
    const [delimiter, source] = list(argument, path);
    return text(resolve(source, scope, path), path).split(text(delimiter, path));
  },

  'Fn::Select': (argument, scope, path) => {
    const [index, items] = list(argument, path);
    const values = list(resolve(items, scope, path), path);
    const position = Number(resolve(index, scope, path));
    if (!(position in values)) throw new TemplateError(path, `index ${position} is not within ${values.length} items`);
    return values[position];
  },

  'Fn::Sub': (argument, scope, path) => {
    const { text: source, variables } = subParts(argument, path);
    return source.replaceAll(SUB_VARIABLE, (_match, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(variables, name)) return text(resolve(variables[name], scope, path), path);
      const value = name.includes('.') ? scope.attribute(...getAttTarget(name, path), path) : scope.ref(name, path);
      return text(value, path);
    });
  },

  'Fn::If': (argument, scope, path) => resolve(takenBranch(argument, scope, path), scope, path),

  'Fn::FindInMap': (argument, scope, path) => {
    const keys = list(resolve(argument, scope, path), path);
    if (keys.length !== 3) throw notSupported(`${path}: Fn::FindInMap with ${keys.length} arguments`);
    return scope.mapping(text(keys[0], path), text(keys[1], path), text(keys[2], path), path);
  },
};

/** The branch of an `Fn::If` that its condition chooses, unresolved. */
export function takenBranch(argument: unknown, scope: Pick<Scope, 'condition'>, path: string): unknown {
  const [name, whenTrue, whenFalse] = list(argument, path, 3);
  return scope.condition(text(name, path), path) ? whenTrue : whenFalse;
}

export function list(value: unknown, path: string, length?: number): readonly unknown[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) return value;
  throw new TemplateError(path, length === undefined ? 'a list was expected' : `a list of ${length} was expected`);
}

function text(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(path, 'a text was expected');
}
