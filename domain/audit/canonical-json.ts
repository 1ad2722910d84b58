/**
 * JSON with the keys of every object sorted and no blanks, so that one value has one text whatever store it passed
 * through. Fields that are undefined are left out, as JSON does.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** Sorted first and written then: a replacer would keep JSON from its quick way. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(object).sort()) copy[key] = sorted(object[key]);
  return copy;
}
