import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

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

/** One request, never repeated here: who calls knows whether it may be. Connections are kept by Node's own agent. */
export const callForeign: CallForeign = ({ method, url, apiKey, body, timeoutMs }) =>
  new Promise((resolve) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const request = send(url, { method, headers });
    let isConnected = false;
    const end = (answer: ForeignAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    const fail = (reason: string, timedOut: boolean): void =>
      end(isConnected ? { kind: 'UNKNOWN', reason, timedOut } : { kind: 'NOT_SENT', reason });
    const breakOff = (error: Error): void => fail(reasonOf(error), false);
    // It covers the body, too.
    const timer = setTimeout(() => {
      fail(`no answer within ${timeoutMs} ms`, true);
      request.destroy();
    }, timeoutMs);
    request.once('socket', (socket) => {
      isConnected = !socket.connecting && !socket.destroyed;
      if (socket.connecting) socket.once('connect', () => (isConnected = true));
    });
    request.on('error', breakOff);
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('error', breakOff);
      response.once('end', () => end({ kind: 'ANSWERED', status: response.statusCode ?? 0, body: parsed(text) }));
    });
    request.end(body && JSON.stringify(body));
  });

/** An answer that is no JSON is one that the schema of whoever asked will refuse. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Of several addresses tried in vain the error is an AggregateError, whose message is empty. */
function reasonOf(error: Error & { readonly code?: string }): string {
  return error.message || error.code || error.name;
}
