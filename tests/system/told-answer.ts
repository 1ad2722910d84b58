import type { ApiClient } from './api-client.ts';

/** All that an answer lets its reader know, but for what names the request itself. */
export interface ToldAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const CORRELATION_ID = 'isolation';
/** Of the single request, or of its moment. */
const PASSING_HEADERS: ReadonlySet<string> = new Set([
  'date',
  'x-amz-apigw-id',
  'x-amzn-requestid',
  'x-amzn-trace-id',
  'keep-alive',
]);

export async function toldBy(
  client: ApiClient,
  method: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<ToldAnswer> {
  const given = await client.request<unknown>(method, path, body, {
    headers: { 'x-correlation-id': CORRELATION_ID, ...headers },
  });
  const kept = [...given.headers].filter(([name]) => !PASSING_HEADERS.has(name));
  return { status: given.status, headers: Object.fromEntries(kept), body: given.body };
}
