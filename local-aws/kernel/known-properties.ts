import { notSupported } from './aws-error.ts';

/**
 * Refuses the first property that is not known, so that none is ever ignored. Whoever has taken apart what it knows passes what is left.
 *
 * @param where the resource type, or the path within it, that the refusal names
 */
export function refuseUnknownProperties(where: string, properties: object, known: Iterable<string> = []): void {
  const names = new Set(known);
  const unknown = Object.keys(properties).find((name) => !names.has(name));
  if (unknown !== undefined) throw notSupported(`property ${unknown} of ${where}`);
}
