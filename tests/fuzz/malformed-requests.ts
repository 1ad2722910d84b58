import fc from 'fast-check';
import { HOSTILE_TEXTS, HOSTILE_TOKENS, hostileValues } from './hostile-values.ts';
import type { Operation } from './openapi-document.ts';
import { valuesOf } from './schema-values.ts';

/** A request as it goes out: path with its query, headers, and the body's bytes. */
export interface FuzzRequest {
  /** `METHOD path` of the operation that was spoiled. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | null;
}

export const nameOf = ({ method, path }: Pick<Operation, 'method' | 'path'>): string => `${method} ${path}`;
const JSON_TYPE = { 'content-type': 'application/json' };

/** Requests to all operations, each spoiled in one way. */
export function malformedRequests(operations: readonly Operation[]): fc.Arbitrary<FuzzRequest> {
  const withBody = operations.filter(({ body }) => body !== null);
  const withPath = operations.filter(({ path }) => path.includes('{'));
  const listing = operations.filter(({ method, parameters }) => method === 'GET' && parameters.some(isOfQuery));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...withBody).chain(spoiledField) },
    { weight: 3, arbitrary: fc.constantFrom(...withBody).chain(spoiledToken) },
    { weight: 3, arbitrary: fc.constantFrom(...withBody).chain(spoiledText) },
    { weight: 3, arbitrary: fc.constantFrom(...withPath).chain(spoiledPath) },
    { weight: 3, arbitrary: fc.constantFrom(...listing).chain(spoiledQuery) },
    { weight: 1, arbitrary: fc.constantFrom(...operations).chain(spoiledHeaders) },
    { weight: 1, arbitrary: fc.constantFrom(...operations).chain(wrongMethod) },
  );
}

const isOfQuery = ({ in: place }: { in: string }) => place === 'query';
const hostileNames = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'unknown',
  '',
  'Quantity',
  'quantity\u0000',
);

/** Where the path asks for something, an id that nobody has. */
function somePath({ path }: Operation): string {
  return path.replaceAll(/\{[^}]+\}/g, 'ORD-0123456789ABCDEFGHJKMNPQRS');
}

/** One field is missing, unknown or of a wrong value; names are written as JSON text, so that `__proto__` is one. */
function spoiledField(operation: Operation): fc.Arbitrary<FuzzRequest> {
  const names = Object.keys(operation.body?.properties ?? {});
  return fc
    .tuple(valuesOf(operation.body ?? {}), fc.constantFrom(...names, null), hostileNames, hostileValues)
    .map(([body, name, unknownName, value]) => {
      const fields = Object.entries(body as object).filter(([each]) => each !== name);
      const spoiled = [...fields, [name ?? unknownName, value] as const];
      const text = spoiled.map(([each, content]) => `${JSON.stringify(each)}:${JSON.stringify(content)}`);
      return post(operation, `{${text.join(',')}}`);
    });
}

/** One field is a token that JSON has not, or takes oddly; by itself, or before or after the right one of the same name. */
function spoiledToken(operation: Operation): fc.Arbitrary<FuzzRequest> {
  const names = Object.keys(operation.body?.properties ?? {});
  const token = fc.oneof(
    fc.constantFrom(...HOSTILE_TOKENS),
    hostileValues.map((value) => JSON.stringify(value)),
  );
  const place = fc.constantFrom('ALONE', 'FIRST', 'LAST');
  return fc
    .tuple(valuesOf(operation.body ?? {}), fc.constantFrom(...names), token, place)
    .map(([body, name, text, at]) => {
      const fields = Object.entries(body as object).filter(([each]) => at !== 'ALONE' || each !== name);
      const written = fields.map(([each, value]) => `${JSON.stringify(each)}:${JSON.stringify(value)}`);
      const spoiled = `${JSON.stringify(name)}:${text}`;
      return post(operation, `{${(at === 'FIRST' ? [spoiled, ...written] : [...written, spoiled]).join(',')}}`);
    });
}

/** The JSON text itself is broken, doubled, of another encoding or of another type. */
function spoiledText(operation: Operation): fc.Arbitrary<FuzzRequest> {
  return fc.tuple(valuesOf(operation.body ?? {}), fc.nat(), hostileValues).chain(([body, cut, value]) => {
    const text = JSON.stringify(body);
    const inner = text.slice(1, -1);
    return fc.constantFrom(
      post(operation, text.slice(0, cut % Math.max(text.length, 1))),
      post(operation, `{${inner}${inner ? ',' : ''}${inner || '"a":1,"a":2'},"__proto__":{"role":"ADMINISTRATOR"}}`),
      post(operation, `[${text}]`),
      post(operation, JSON.stringify(value)),
      post(operation, '['.repeat(20_000)),
      post(operation, '{"a":'.repeat(5_000)),
      post(operation, `${text}${text}`),
      post(operation, `${' '.repeat(20_000)}${text.slice(0, -1)}`),
      post(operation, `{"quantity":${'9'.repeat(5_000)}}`),
      post(operation, Buffer.from(`\ufeff${text}`, 'utf16le')),
      post(operation, Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xfe, 0xc0])])),
      { ...post(operation, text), headers: { 'content-type': 'application/xml' } },
      { ...post(operation, `${text}x`), headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
    );
  });
}

const post = (operation: Operation, body: Uint8Array | string): FuzzRequest => ({
  operation: nameOf(operation),
  method: operation.method,
  path: somePath(operation),
  headers: { ...JSON_TYPE, 'idempotency-key': 'fuzz' },
  body,
});

function spoiledPath(operation: Operation): fc.Arbitrary<FuzzRequest> {
  return fc
    .tuple(fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' })), fc.boolean())
    .map(([id, raw]) => {
      const encoded = raw ? id.replaceAll(/[^!-~]|[?#]/g, '%ff') : encodeURIComponent(id.toWellFormed());
      const path = operation.path.replaceAll(/\{[^}]+\}/g, () => encoded);
      return { operation: nameOf(operation), method: operation.method, path, headers: {}, body: null };
    });
}

function spoiledQuery(operation: Operation): fc.Arbitrary<FuzzRequest> {
  const names = [
    ...operation.parameters.filter(isOfQuery).map(({ name }) => name),
    '__proto__[role]',
    'constructor.prototype',
  ];
  const texts = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' }), fc.base64String());
  const pair = fc.tuple(fc.oneof(fc.constantFrom(...names), hostileNames), texts);
  return fc.array(pair, { minLength: 1, maxLength: 4 }).map((pairs) => {
    const query = pairs.map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text.toWellFormed())}`);
    return {
      operation: nameOf(operation),
      method: 'GET',
      path: `${somePath(operation)}?${query.join('&')}`,
      headers: {},
      body: null,
    };
  });
}

/** Only what HTTP lets a header be; what it does not, a client library refuses to send. */
function spoiledHeaders(operation: Operation): fc.Arbitrary<FuzzRequest> {
  const names = fc.constantFrom(
    'x-correlation-id',
    'idempotency-key',
    'x-api-key',
    'content-type',
    'accept',
    'x-forwarded-for',
    'x-http-method-override',
    'x-original-url',
  );
  const texts = fc.constantFrom(...HOSTILE_TEXTS).map((text) => text.replaceAll(/[^\t -~]/g, '?'));
  return fc.tuple(names, texts).map(([name, text]) => ({
    operation: nameOf(operation),
    method: operation.method,
    path: somePath(operation),
    headers: { ...JSON_TYPE, [name]: text },
    body: operation.body === null ? null : '{}',
  }));
}

function wrongMethod(operation: Operation): fc.Arbitrary<FuzzRequest> {
  return fc.constantFrom('PUT', 'TRACE', 'OPTIONS', 'HEAD', 'PROPFIND').map((method) => ({
    operation: nameOf(operation),
    method,
    path: somePath(operation),
    headers: {},
    body: null,
  }));
}
