/** Query parameters, decoded; the objects have no prototype and are null when there are none, as in a proxy event. */
export interface QueryParameters {
  /** Last value of each. */
  readonly single: Readonly<Record<string, string>> | null;
  readonly multiple: Readonly<Record<string, readonly string[]>> | null;
}

const NONE: QueryParameters = { single: null, multiple: null };

export function readQueryString(text: string): QueryParameters {
  if (text === '') return NONE;
  const single: Record<string, string> = Object.create(null);
  const multiple: Record<string, string[]> = Object.create(null);
  let found = false;
  for (const [name, value] of new URLSearchParams(text)) {
    found = true;
    single[name] = value;
    const values = multiple[name];
    if (values) values.push(value);
    else multiple[name] = [value];
  }
  return found ? { single, multiple } : NONE;
}
