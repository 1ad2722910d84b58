import { type Invocation, invokeFunction } from '../../../gateway/invoke-function.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { DeployedMethod } from '../deployment/deployed-stage.ts';
import type { ApiAnswer, Exchange } from './exchange.ts';
import { type Refusal, refuse } from './gateway-response-types.ts';
import { proxyAnswer } from './proxy-answer.ts';
import { proxyEvent } from './proxy-event.ts';

/** Invokes the method's function and turns what it answers into the client's answer. */
export async function integrate(kernel: Kernel, exchange: Exchange): Promise<ApiAnswer | Refusal> {
  const method = exchange.method as DeployedMethod;
  const askedMs = kernel.clock.nowMs();
  const invocation = await invokeFunction(kernel, {
    functionArn: method.functionArn,
    payload: proxyEvent(exchange),
    sourceArn: `${exchange.stage.arn}/${exchange.request.method}${exchange.route?.resourcePath}`,
    timeoutMs: method.timeoutMs,
  });
  exchange.integrationLatencyMs = kernel.clock.nowMs() - askedMs;
  const answer = invocation.kind === 'ANSWERED' ? proxyAnswer(exchange, invocation.payload) : undefined;
  return answer ?? failure(kernel, exchange, invocation);
}

function failure(kernel: Kernel, exchange: Exchange, invocation: Invocation): Refusal {
  const failed = (why: string, refusal: Refusal): Refusal => {
    const message = `${exchange.requestId} ${exchange.method?.key}: ${why}`;
    kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/apigateway', level: 'error', message });
    return refusal;
  };
  switch (invocation.kind) {
    case 'ANSWERED': {
      const why = 'Execution failed due to configuration error: Malformed Lambda proxy response';
      return failed(why, refuse('API_CONFIGURATION_ERROR', { status: 502 }));
    }
    case 'FUNCTION_ERROR': {
      const why = `Lambda execution failed due to customer function error: ${invocation.payload}`;
      return failed(why, refuse('API_CONFIGURATION_ERROR', { status: 502 }));
    }
    case 'TIMED_OUT':
      return failed('Execution failed due to a timeout error', refuse('INTEGRATION_TIMEOUT'));
    case 'REFUSED': {
      // Lambda takes less than API Gateway does: a body between 6 and 10 MB is the client's fault. As measured on AWS.
      if (invocation.error.code === 'RequestTooLargeException') return refuse('REQUEST_TOO_LARGE');
      const why = `Execution failed due to configuration error: ${invocation.error.message}`;
      return failed(why, refuse('API_CONFIGURATION_ERROR'));
    }
  }
}
