import { Pool } from 'undici';
import { faultOf } from './answer-check.ts';
import type { FuzzRequest } from './malformed-requests.ts';

export interface FuzzFinding {
  readonly fault: string;
  readonly request: FuzzRequest;
  readonly answer: string;
}

export interface FuzzRun {
  /** Requests by the status they were answered with. */
  readonly statuses: ReadonlyMap<number, number>;
  readonly findings: readonly FuzzFinding[];
  /** `METHOD path` of the operations whose handler has read a request: it was not stopped before it, nor by its role. */
  readonly reached: ReadonlySet<string>;
}

/** Whose key a request goes with, unless it brings its own. */
export type KeyOf = (request: FuzzRequest, index: number) => string;

const AT_ONCE = 24;
/** An answer that takes longer counts as none: API Gateway itself gives up after 29 s. */
const HANG_MS = 10_000;
const KEPT_OF_ANSWER = 500;

export async function sendRequests(apiPort: number, keyOf: KeyOf, requests: readonly FuzzRequest[]): Promise<FuzzRun> {
  const pool = new Pool(`http://127.0.0.1:${apiPort}`, {
    connections: AT_ONCE,
    headersTimeout: HANG_MS,
    bodyTimeout: HANG_MS,
  });
  const statuses = new Map<number, number>();
  const findings: FuzzFinding[] = [];
  const reached = new Set<string>();
  let next = 0;
  const sender = async (): Promise<void> => {
    while (next < requests.length) {
      const index = next++;
      const request = requests[index] as FuzzRequest;
      const { status, fault, answer } = await send(pool, keyOf(request, index), request);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (isOfHandler(status, answer)) reached.add(request.operation);
      if (fault !== null) findings.push({ fault, request, answer: answer.slice(0, KEPT_OF_ANSWER) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  await pool.close();
  return { statuses, findings, reached };
}

/** What API Gateway refuses has no code; what a handler does has, and FORBIDDEN is its word on the role. */
function isOfHandler(status: number, answer: string): boolean {
  return (status >= 200 && status < 300) || (answer.includes('"code":"') && !answer.includes('"code":"FORBIDDEN"'));
}

async function send(
  pool: Pool,
  apiKey: string,
  { method, path, headers, body }: FuzzRequest,
): Promise<{ status: number; fault: string | null; answer: string }> {
  try {
    const answer = await pool.request({ method, path, headers: { 'x-api-key': apiKey, ...headers }, body });
    const text = await answer.body.text();
    const fault = faultOf({ status: answer.statusCode, headers: answer.headers, body: text });
    return { status: answer.statusCode, fault, answer: text };
  } catch (cause) {
    return { status: 0, fault: `no answer: ${String(cause)}`, answer: '' };
  }
}
