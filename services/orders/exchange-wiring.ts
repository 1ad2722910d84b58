import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { callForeign } from '../platform/foreign-http.ts';
import { createCredentials } from '../platform/secrets.ts';
import { createExchangeCall } from './exchange-call.ts';
import { createExchangeGateway, type ExchangeGateway } from './exchange-gateway.ts';

/** Environment variables of every function that speaks to the exchange. */
export const EXCHANGE_VARIABLES = ['EXCHANGE_URL', 'EXCHANGE_SECRET'] as const;
type ExchangeConfig = Readonly<Record<(typeof EXCHANGE_VARIABLES)[number], string>>;

/** The exchange answers in milliseconds. What takes this long is in doubt. */
const TIMEOUT_MS = 3_000;

export function connectExchange(config: ExchangeConfig): ExchangeGateway {
  const credentials = createCredentials(secretsManager, config.EXCHANGE_SECRET);
  return createExchangeGateway(createExchangeCall(callForeign, credentials, config.EXCHANGE_URL, TIMEOUT_MS));
}
