/** The headers of one request, as a client sent them. Objects have no prototype: names come from outside. */
export interface RequestHeaders {
  /** Name as sent → last value. */
  readonly single: Readonly<Record<string, string>>;
  /** Name as sent → all values. */
  readonly multiple: Readonly<Record<string, readonly string[]>>;
  /** By lower-case name. */
  get(lowerCaseName: string): string | undefined;
}

/** Hop-by-hop headers that API Gateway does not hand to a function. */
const NOT_PASSED_ON: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

/** From name and value in turn, as `node:http` gives `rawHeaders`; `added` come after and replace. */
export function readHeaders(rawHeaders: readonly string[], added: Readonly<Record<string, string>>): RequestHeaders {
  const single: Record<string, string> = Object.create(null);
  const multiple: Record<string, string[]> = Object.create(null);
  const nameByLowerCase = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const lowerCase = (rawHeaders[index] as string).toLowerCase();
    if (NOT_PASSED_ON.has(lowerCase)) continue;
    const name = nameByLowerCase.get(lowerCase) ?? (rawHeaders[index] as string);
    const value = rawHeaders[index + 1] as string;
    nameByLowerCase.set(lowerCase, name);
    single[name] = value;
    const values = multiple[name];
    if (values) values.push(value);
    else multiple[name] = [value];
  }
  for (const name of Object.keys(added)) {
    const sentName = nameByLowerCase.get(name.toLowerCase());
    if (sentName !== undefined) {
      delete single[sentName];
      delete multiple[sentName];
    }
    nameByLowerCase.set(name.toLowerCase(), name);
    single[name] = added[name] as string;
    multiple[name] = [added[name] as string];
  }
  return { single, multiple, get: (lowerCaseName) => single[nameByLowerCase.get(lowerCaseName) ?? ''] };
}

/** Bytes of names and values, for the quota on a request's headers. */
export function headerBytes(rawHeaders: readonly string[]): number {
  let bytes = 0;
  for (const text of rawHeaders) bytes += text.length;
  return bytes;
}
