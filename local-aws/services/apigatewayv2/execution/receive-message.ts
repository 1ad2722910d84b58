import { randomToken } from '../../../gateway/identifiers.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { servicePrincipal } from '../../../kernel/principal.ts';
import type { DeployedRoute, DeployedStage } from '../deployed-stage.ts';
import { logAccess } from './access-log.ts';
import type { Connection } from './connection.ts';
import { messageEvent, openRequest } from './events.ts';
import { gatewayMessage } from './gateway-message.ts';
import { integrate } from './integrate.ts';

/** Takes a client's message to the function of its route. What API Gateway has to say to it is lost on a client that does not read. */
export async function receiveMessage(kernel: Kernel, connection: Connection, body: string): Promise<void> {
  const { stage } = connection.facts;
  kernel.meter.count('execute-api', 'Message', servicePrincipal('apigateway.amazonaws.com', stage.arn));
  const request = openRequest(kernel, connection.facts);
  const route = selectRoute(stage, body);
  if (!route) {
    connection.send(gatewayMessage(request, 'Forbidden'));
    logAccess(kernel, { ...request, routeKey: undefined, eventType: 'MESSAGE', status: 403 });
  } else if (route.throttle && !route.throttle.take(request.atMs)) {
    connection.send(gatewayMessage(request, 'Too Many Requests'));
    logAccess(kernel, { ...request, routeKey: route.key, eventType: 'MESSAGE', status: 429 });
  } else {
    connection.messageBegins();
    const event = messageEvent(request, route.key, randomToken(kernel.random), body);
    const integrated = await integrate(kernel, route, event).finally(() => connection.messageEnds());
    if (integrated.kind === 'FAILED') connection.send(gatewayMessage(request, integrated.message));
    else if (route.isTwoWay && integrated.body !== '') connection.send(integrated.body);
    logAccess(kernel, { ...request, routeKey: route.key, eventType: 'MESSAGE', status: integrated.status });
  }
}

/** The keys that begin with `$` are API Gateway's own: no message can ask for them. */
function selectRoute(stage: DeployedStage, body: string): DeployedRoute | undefined {
  const key = stage.selectKey(body);
  const selected = key === undefined || key.startsWith('$') ? undefined : stage.routes.get(key);
  return selected ?? stage.routes.get('$default');
}
