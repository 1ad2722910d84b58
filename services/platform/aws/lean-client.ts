interface AwsClient {
  readonly middlewareStack: { remove(name: string): boolean };
}

/**
 * Middleware of the SDK that changes nothing for its service. Logging filters a copy of every request and answer for a logger that is not
 * there, and the user agent is composed anew for each call: together more than half of what a call costs in CPU.
 */
const IDLE_MIDDLEWARE = ['loggerMiddleware', 'getUserAgentMiddleware'];

/** The middleware of a command is put together once and not at each call. */
export const LEAN_OPTIONS = { cacheMiddleware: true };

/** One client an execution environment, so that connections are kept. Region, credentials and endpoint are the environment's. */
export function lean<Client extends AwsClient>(client: Client): Client {
  for (const name of IDLE_MIDDLEWARE) {
    if (!client.middlewareStack.remove(name)) throw new Error(`the SDK has no ${name} any more`);
  }
  return client;
}
