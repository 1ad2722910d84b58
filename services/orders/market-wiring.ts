import { createMarketDataGateway } from '../market-data/market-data-gateway.ts';
import { createStockPricesGateway } from '../market-data/stock-prices-gateway.ts';
import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { callForeign } from '../platform/foreign-http.ts';
import { createCredentials } from '../platform/secrets.ts';
import { tables } from './books-wiring.ts';
import type { FindMarket } from './execution-facts.ts';

/** Environment variables of every function that goes by prices. */
export const MARKET_VARIABLES = ['STOCK_PRICES_TABLE', 'EXCHANGE_URL', 'EXCHANGE_SECRET'] as const;

export function connectMarketData(config: Readonly<Record<(typeof MARKET_VARIABLES)[number], string>>): FindMarket {
  const credentials = createCredentials(secretsManager, config.EXCHANGE_SECRET);
  const exchange = createMarketDataGateway({ baseUrl: config.EXCHANGE_URL, credentials, call: callForeign });
  return createStockPricesGateway(tables, config.STOCK_PRICES_TABLE, exchange).snapshot;
}
