/**
 * JSON over HTTP to a foreign system (exchange, bank), with the one distinction that money depends on: did it perhaps receive the request?
 *
 * ANSWERED: it did, and said this. NOT_SENT: no connection came about, so it did not. UNKNOWN: it may have; `timedOut` tells one that is there
 * but silent from a connection that broke.
 */
export type ForeignAnswer =
  | { readonly kind: 'ANSWERED'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'NOT_SENT'; readonly reason: string }
  | { readonly kind: 'UNKNOWN'; readonly reason: string; readonly timedOut?: boolean };

export interface ForeignRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly apiKey: string;
  readonly body?: object;
  readonly timeoutMs: number;
}

export type CallForeign = (request: ForeignRequest) => Promise<ForeignAnswer>;

/** Causes that fetch gives when it never had a connection. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** One request, never repeated here: who calls knows whether it may be. */
export const callForeign: CallForeign = async (request) => {
  const deadline = new AbortController();
  const timer = setTimeout(
    () => deadline.abort(new Error(`no answer within ${request.timeoutMs} ms`)),
    request.timeoutMs,
  );
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { authorization: `Bearer ${request.apiKey}`, 'content-type': 'application/json' },
      body: request.body ? JSON.stringify(request.body) : undefined,
      signal: deadline.signal,
    });
    return { kind: 'ANSWERED', status: response.status, body: parsed(await response.text()) };
  } catch (error) {
    const reason = reasonOf(error);
    if (neverConnected(error)) return { kind: 'NOT_SENT', reason };
    return { kind: 'UNKNOWN', reason, timedOut: deadline.signal.aborted };
  } finally {
    clearTimeout(timer);
  }
};

/** An answer that is no JSON is one that the schema of whoever asked will refuse. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && NEVER_CONNECTED.has(String(cause.code));
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
