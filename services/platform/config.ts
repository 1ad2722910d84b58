/**
 * Reads the environment variables that a function needs, once, when its environment starts. Throws with the names of
 * all that are missing: a function that is wired wrongly must fail at its first start and not in the middle of an order.
 */
export function readConfig<const Name extends string>(
  names: readonly Name[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) throw new Error(`environment variables are missing: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, environment[name]])) as Record<Name, string>;
}
