import type { Kernel } from '../kernel/kernel.ts';
import { conditionReader } from './conditions.ts';
import type { Scope } from './intrinsics.ts';
import type { LoadedResource, LoadedStack } from './load-template.ts';
import { parameterValues, pseudoParameters } from './parameters.ts';
import { type Template, TemplateError } from './template.ts';

interface StackSources {
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly earlier: readonly LoadedStack[];
  /** Grows while the stack is loaded. */
  readonly made: ReadonlyMap<string, LoadedResource>;
}

/** What the intrinsics of a stack's template see. */
export function stackScope(kernel: Kernel, template: Template, sources: StackSources): Scope {
  const values = new Map([
    ...pseudoParameters(sources.stackName, kernel.accountId, kernel.region),
    ...parameterValues(template.Parameters ?? {}, sources.parameters),
  ]);
  const exports = new Map(sources.earlier.flatMap((stack) => [...stack.exports]));

  const lookups = {
    ref: (name: string, path: string) =>
      values.has(name) ? values.get(name) : found(sources.made.get(name), path, `no parameter or resource ${name}`).ref,
    attribute: (logicalId: string, attribute: string, path: string) => {
      const resource = found(sources.made.get(logicalId), path, `no resource ${logicalId}`);
      return found(resource.attributes[attribute], path, `no attribute ${attribute} of ${resource.type}`);
    },
    mapping: (map: string, topKey: string, secondKey: string, path: string) =>
      found(template.Mappings?.[map]?.[topKey]?.[secondKey], path, `no ${map}.${topKey}.${secondKey} in Mappings`),
    importValue: (exportName: string, path: string) =>
      found(exports.get(exportName), path, `no stack loaded before exports ${exportName}`),
  };
  return { ...lookups, condition: conditionReader(template.Conditions ?? {}, lookups) };
}

function found<T>(value: T | undefined, path: string, missing: string): T {
  if (value === undefined) throw new TemplateError(path, `there is ${missing}`);
  return value;
}
