import type { ApiAnswer, Exchange } from './exchange.ts';
import { matchesMediaType } from './proxy-event.ts';

type HeaderValue = string | number | boolean;

/** What a function behind a proxy integration answers; no other members may stand beside these. */
interface ProxyOutput {
  readonly statusCode?: number | string | null;
  readonly headers?: Readonly<Record<string, HeaderValue>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly HeaderValue[]>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean | null;
}

const MEMBERS: ReadonlySet<string> = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** Headers that are API Gateway's own; a function's go out as `x-amzn-Remapped-<name>`. Source: "API Gateway important notes". */
const REMAPPED: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'host',
  'server',
  'user-agent',
  'www-authenticate',
  'x-amzn-requestid',
]);
const DROPPED: ReadonlySet<string> = new Set([
  'expect',
  'keep-alive',
  'max-forwards',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The answer in a function's payload; undefined when it is malformed, which API Gateway answers with 502. */
export function proxyAnswer(exchange: Exchange, payload: string): ApiAnswer | undefined {
  const output = readOutput(payload);
  const status = Number(output?.statusCode ?? 200);
  if (!output || !Number.isInteger(status) || status < 200 || status > 599) return undefined;
  const headers = readHeaders(output);
  if (!headers) return undefined;
  const isBinary =
    output.isBase64Encoded === true &&
    matchesMediaType(exchange.stage.api.binaryMediaTypes, exchange.headers.get('accept'));
  const body = output.body ?? '';
  return { status, headers, body: isBinary ? Buffer.from(body, 'base64') : body };
}

function readOutput(payload: string): ProxyOutput | undefined {
  let output: unknown;
  try {
    output = JSON.parse(payload);
  } catch {
    // An empty or cut payload is as malformed as a wrong shape.
    return undefined;
  }
  if (typeof output !== 'object' || output === null || Array.isArray(output)) return undefined;
  const { body, headers, multiValueHeaders } = output as Record<string, unknown>;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  if (!isObjectOrAbsent(headers) || !isObjectOrAbsent(multiValueHeaders)) return undefined;
  return Object.keys(output).every((name) => MEMBERS.has(name)) ? (output as ProxyOutput) : undefined;
}

function isObjectOrAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value));
}

/** Names and values in turn; `multiValueHeaders` goes before a header of the same name. */
function readHeaders(output: ProxyOutput): string[] | undefined {
  const multiple = output.multiValueHeaders ?? {};
  const taken = new Set(Object.keys(multiple).map((name) => name.toLowerCase()));
  const headers: string[] = [];
  let hasContentType = false;
  const add = (name: string, value: unknown): boolean => {
    const lowerCase = name.toLowerCase();
    const text = String(value);
    if (typeof value === 'object' || !HEADER_NAME.test(name) || !HEADER_VALUE.test(text)) return false;
    if (DROPPED.has(lowerCase)) return true;
    if (lowerCase === 'content-type') hasContentType = true;
    headers.push(REMAPPED.has(lowerCase) ? `x-amzn-Remapped-${name}` : name, text);
    return true;
  };
  for (const [name, value] of Object.entries(output.headers ?? {})) {
    if (!taken.has(name.toLowerCase()) && !add(name, value)) return undefined;
  }
  for (const [name, values] of Object.entries(multiple)) {
    if (!Array.isArray(values) || !values.every((value) => add(name, value))) return undefined;
  }
  if (!hasContentType) headers.push('Content-Type', 'application/json');
  return headers;
}
