import { setTimeout as pause } from 'node:timers/promises';
import type { OrderView } from '@brokerage/contracts/rest/orders';
import { Pool } from 'undici';

export interface ApiAnswer {
  readonly status: number;
  /** The order of a 2xx; null otherwise. */
  readonly order: OrderView | null;
  /** Of a problem document; `HTTP_<status>` where there is none. Null for a 2xx. */
  readonly code: string | null;
  /** `status` among a problem's facts: what an ended order had become. */
  readonly statusFact: string | null;
}

export interface OrderRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly apiKey: string;
  readonly body?: object;
}

/** The brokerage's public API, as a client over HTTP sees it. */
export interface BrokerageApi {
  /** Throttled requests are sent again when the answer says so. */
  send(request: OrderRequest): Promise<ApiAnswer>;
  /** How often the API asked to slow down. */
  throttled(): number;
  close(): Promise<void>;
}

const REQUEST_LIMIT_MS = 60_000;
const MAX_THROTTLED_TRIES = 30;
const TOO_MANY_REQUESTS = 429;

export function createBrokerageApi(url: string, connections: number): BrokerageApi {
  const pool = new Pool(url, { connections, headersTimeout: REQUEST_LIMIT_MS, bodyTimeout: REQUEST_LIMIT_MS });
  let throttled = 0;
  const sendOnce = async ({ method, path, apiKey, body }: OrderRequest) => {
    const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
    const answer = await pool.request({ method, path, headers, body: body ? JSON.stringify(body) : null });
    const retryAfterMs = Number(answer.headers['retry-after'] ?? 1) * 1_000;
    return { status: answer.statusCode, text: await answer.body.text(), retryAfterMs };
  };
  return {
    send: async (request) => {
      for (let tries = 1; ; tries += 1) {
        const { status, text, retryAfterMs } = await sendOnce(request);
        if (status !== TOO_MANY_REQUESTS || tries >= MAX_THROTTLED_TRIES) return readAnswer(status, text);
        throttled += 1;
        await pause(retryAfterMs);
      }
    },
    throttled: () => throttled,
    close: () => pool.close(),
  };
}

function readAnswer(status: number, text: string): ApiAnswer {
  if (status >= 200 && status < 300) {
    return { status, order: JSON.parse(text) as OrderView, code: null, statusFact: null };
  }
  const problem = readProblem(text);
  return { status, order: null, code: problem.code ?? `HTTP_${status}`, statusFact: problem.facts?.status ?? null };
}

/** A gateway in between may answer with no JSON at all. */
function readProblem(text: string): { readonly code?: string; readonly facts?: { readonly status?: string } } {
  return text.startsWith('{') ? JSON.parse(text) : {};
}
