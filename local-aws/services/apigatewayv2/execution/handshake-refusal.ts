import type { Handshake } from './events.ts';
import { gatewayMessage } from './gateway-message.ts';

/** Why a client is not let in: the HTTP answer to its upgrade request. */
export interface HandshakeRefusal {
  readonly kind: 'REFUSED';
  readonly status: number;
  /** `x-amzn-ErrorType`; absent when it was the function that refused. */
  readonly errorType: string | undefined;
  readonly body: string;
}

const REFUSALS = {
  UNAUTHORIZED: [401, 'UnauthorizedException', 'Unauthorized'],
  FORBIDDEN: [403, 'ForbiddenException', 'Forbidden'],
  THROTTLED: [429, 'TooManyRequestsException', 'Too Many Requests'],
  AUTHORIZER_FAILED: [500, 'AuthorizerConfigurationException', 'Internal server error'],
  STOPPING: [503, 'ServiceUnavailableException', 'Service Unavailable'],
} as const;

export function refuseHandshake(handshake: Handshake, why: keyof typeof REFUSALS): HandshakeRefusal {
  const [status, errorType, message] = REFUSALS[why];
  return { kind: 'REFUSED', status, errorType, body: gatewayMessage(handshake, message) };
}
