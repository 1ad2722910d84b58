import { compilePath, notFound, type Read } from './path.ts';
import { StateFailure } from './state-failure.ts';

/**
 * Compiles a payload template (Parameters, ResultSelector, ItemSelector): a member whose name ends in `.$` takes its value from a path.
 * What has no path within is handed out as it is, the same object each time.
 */
export function compileTemplate(template: unknown, where: string): Read {
  if (!hasPaths(template)) return () => template;
  if (Array.isArray(template)) {
    const items = template.map((item) => compileTemplate(item, where));
    return (data, walk) => items.map((read) => read(data, walk));
  }
  const members = Object.entries(template as object).map(([name, value]) => compileMember(name, value, where));
  return (data, walk) => {
    const result: Record<string, unknown> = {};
    for (const { name, read } of members) result[name] = read(data, walk);
    return result;
  };
}

function hasPaths(template: unknown): boolean {
  if (typeof template !== 'object' || template === null) return false;
  return Object.entries(template).some(([name, value]) => name.endsWith('.$') || hasPaths(value));
}

function compileMember(name: string, value: unknown, where: string): { readonly name: string; readonly read: Read } {
  if (!name.endsWith('.$')) return { name, read: compileTemplate(value, where) };
  const read = compilePath(value, where);
  return {
    name: name.slice(0, -2),
    read: (data, walk) => {
      const found = read(data, walk);
      if (found === undefined) throw new StateFailure('States.ParameterPathFailure', notFound(value, name, data));
      return found;
    },
  };
}
