import type * as http from 'node:http';

/** What goes on around each request to the outside. */
export interface OutsideGuard {
  /** A request is about to be sent; it may be once this resolves. */
  before(): Promise<void>;
  /** It is over, however it ended. */
  after(): void;
}

/** Node's own global agents keep an idle connection so long. Source: Node's documentation, `http.globalAgent`. */
const KEPT_MS = 5_000;

type AddRequest = (request: http.ClientRequest, ...target: unknown[]) => void;

/**
 * `node:http` or `node:https` as a handler has it: its agents let no request have a connection before the guard has passed it. Until then Node
 * keeps what is written.
 */
export function guardedHttp(module: typeof http, guard: OutsideGuard): object {
  const { addRequest } = module.Agent.prototype as unknown as { addRequest: AddRequest };
  class Agent extends module.Agent {
    addRequest(request: http.ClientRequest, ...target: unknown[]): void {
      // Before any continuation of the handler's: a request closes in the turn in which it or its answer ends.
      request.once('close', guard.after);
      void guard.before().then(() => addRequest.call(this, request, ...target));
    }
  }
  const globalAgent = new Agent({ keepAlive: true, timeout: KEPT_MS });
  const request = (...given: unknown[]): http.ClientRequest => {
    const url = given.find((part) => typeof part === 'string' || part instanceof URL);
    const options = given.find((part) => typeof part === 'object' && part !== url) as http.RequestOptions | undefined;
    const callback = given.find((part) => typeof part === 'function') as
      | ((answer: http.IncomingMessage) => void)
      | undefined;
    const agent = options?.agent === false ? new Agent() : (options?.agent ?? globalAgent);
    const guarded = { ...options, agent };
    return url === undefined
      ? module.request(guarded, callback)
      : module.request(url as string | URL, guarded, callback);
  };
  const get = (...given: unknown[]): http.ClientRequest => request(...given).end();
  const replaced = Object.entries({ Agent, globalAgent, request, get });
  // All else is inherited: copying it would load what Node loads only when it is asked for.
  return Object.create(
    module,
    Object.fromEntries(replaced.map(([name, value]) => [name, { value, enumerable: true }])),
  );
}
