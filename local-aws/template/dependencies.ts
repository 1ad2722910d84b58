import type { Scope } from './intrinsics.ts';
import { collectReferences } from './references.ts';
import { type Template, TemplateError, type TemplateResource } from './template.ts';

/** For each resource that is wanted, those it needs first: by reference or by `DependsOn`. */
export function dependenciesOf(
  template: Template,
  wanted: ReadonlyMap<string, TemplateResource>,
  scope: Pick<Scope, 'condition'>,
): Map<string, Iterable<string>> {
  const parameters = template.Parameters ?? {};
  const dependencies = new Map<string, Iterable<string>>();
  for (const [logicalId, resource] of wanted) {
    const path = `Resources.${logicalId}`;
    const references = new Map<string, string>();
    collectReferences(resource.Properties ?? {}, scope, `${path}.Properties`, references);
    for (const [name, place] of references) {
      if (name.startsWith('AWS::') || Object.hasOwn(parameters, name)) references.delete(name);
      else if (!wanted.has(name)) throw new TemplateError(place, `there is no parameter or resource ${name}`);
    }
    dependencies.set(logicalId, [...references.keys(), ...explicit(template, wanted, resource, path)]);
  }
  return dependencies;
}

/** `DependsOn`, but for resources that their own condition leaves out, as on AWS. */
function explicit(
  template: Template,
  wanted: ReadonlyMap<string, TemplateResource>,
  resource: TemplateResource,
  path: string,
): string[] {
  const named = [resource.DependsOn ?? []].flat();
  for (const name of named) {
    if (!Object.hasOwn(template.Resources, name)) {
      throw new TemplateError(`${path}.DependsOn`, `there is no resource ${name}`);
    }
  }
  return named.filter((name) => wanted.has(name));
}
