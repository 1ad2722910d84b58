import { getAttTarget, intrinsicCall, type Scope, SUB_VARIABLE, subParts, takenBranch } from './intrinsics.ts';

/**
 * Names that a value refers to (by `Ref`, `Fn::GetAtt` or `Fn::Sub`), added to `found`: logical ids and parameters.
 * Branches of `Fn::If` that are not taken count for nothing. Unknown intrinsics are refused here, before anything is made.
 */
export function collectReferences(
  value: unknown,
  scope: Pick<Scope, 'condition'>,
  path: string,
  found: Map<string, string>,
): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collectReferences(item, scope, `${path}[${index}]`, found);
    return;
  }
  const call = intrinsicCall(value, path);
  if (!call) {
    for (const [key, item] of Object.entries(value)) collectReferences(item, scope, `${path}.${key}`, found);
    return;
  }
  collectFromCall(call.name, call.argument, scope, `${path}.${call.name}`, found);
}

function collectFromCall(
  name: string,
  argument: unknown,
  scope: Pick<Scope, 'condition'>,
  path: string,
  found: Map<string, string>,
): void {
  if (name === 'Ref') {
    found.set(String(argument), path);
  } else if (name === 'Fn::GetAtt') {
    found.set(getAttTarget(argument, path)[0], path);
  } else if (name === 'Fn::If') {
    collectReferences(takenBranch(argument, scope, path), scope, path, found);
  } else if (name === 'Fn::Sub') {
    const { text, variables } = subParts(argument, path);
    for (const [, literal, variable = ''] of text.matchAll(SUB_VARIABLE)) {
      const target = variable.split('.', 1)[0] ?? '';
      if (!literal && !Object.hasOwn(variables, variable)) found.set(target, path);
    }
    collectReferences(variables, scope, path, found);
  } else {
    collectReferences(argument, scope, path, found);
  }
}
