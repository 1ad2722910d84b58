import { type Invocation, invokeFunction } from '../../../gateway/invoke-function.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { DeployedRoute } from '../deployed-stage.ts';

/** What a function answered, or what the client is told instead. */
export type Integrated =
  | {
      readonly kind: 'ANSWERED';
      readonly status: number;
      readonly body: string;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
    }
  /** `status` is that of a handshake it fails in. */
  | { readonly kind: 'FAILED'; readonly status: number; readonly message: string };

/** Invokes a route's function. What went wrong is logged; a client is told no more than AWS tells it. */
export async function integrate(kernel: Kernel, route: DeployedRoute, payload: string): Promise<Integrated> {
  const { functionArn, sourceArn, timeoutMs } = route;
  const invocation = await invokeFunction(kernel, { functionArn, payload, sourceArn, timeoutMs });
  const answer = invocation.kind === 'ANSWERED' ? readAnswer(invocation.payload) : undefined;
  return answer ?? failure(kernel, route, invocation);
}

function failure(kernel: Kernel, route: DeployedRoute, invocation: Invocation): Integrated {
  const failed = (why: string, status: number, message = 'Internal server error'): Integrated => {
    const text = `${route.sourceArn}: Execution failed: ${why}`;
    kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/apigatewayv2', level: 'error', message: text });
    return { kind: 'FAILED', status, message };
  };
  switch (invocation.kind) {
    case 'ANSWERED':
      return failed(`malformed Lambda proxy response: ${invocation.payload}`, 502);
    case 'FUNCTION_ERROR':
      return failed(`customer function error: ${invocation.payload}`, 502);
    case 'REFUSED':
      return failed(invocation.error.message, 500);
    case 'TIMED_OUT':
      return failed('timed out', 504, 'Endpoint request timed out');
  }
}

/** Undefined when it is malformed: an answer is an object, its status 200 if it has none. */
function readAnswer(payload: string): Integrated | undefined {
  const output: unknown = payload === '' ? undefined : JSON.parse(payload);
  if (typeof output !== 'object' || output === null || Array.isArray(output)) return undefined;
  const { statusCode, body, headers } = output as Record<string, unknown>;
  const status = Number(statusCode ?? 200);
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  return { kind: 'ANSWERED', status, body: body ?? '', headers: readHeaders(headers) };
}

function readHeaders(headers: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(typeof headers === 'object' && headers !== null ? headers : {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
