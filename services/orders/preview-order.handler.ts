import { ROUTES } from '@brokerage/contracts/routes/routes';
import { accountId } from '@brokerage/domain/identifiers';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { createInstrumentsStore } from '../platform/instruments-store.ts';
import { decisionTools, tables } from './books-wiring.ts';
import { createFactsStore } from './dynamo-facts-store.ts';
import { connectMarketData, MARKET_VARIABLES } from './market-wiring.ts';
import { previewOrder } from './preview-order.ts';

const config = readConfig([
  'ORDERS_TABLE',
  'ACCOUNTS_TABLE',
  'INSTRUMENTS_TABLE',
  'TRADING_CALENDAR',
  ...MARKET_VARIABLES,
]);
const tools = {
  ...decisionTools(config.TRADING_CALENDAR),
  facts: createFactsStore(tables, { orders: config.ORDERS_TABLE, accounts: config.ACCOUNTS_TABLE }),
  findInstrument: createInstrumentsStore(tables, config.INSTRUMENTS_TABLE).find,
  findMarket: connectMarketData(config),
};

export const handler = apiHandler(ROUTES.previewOrder, ({ body, caller, correlationId }) =>
  previewOrder(tools, accountId(caller.accountId), body, correlationId),
);
