import { readConfig } from '../platform/config.ts';
import { createInstrumentsStore } from '../platform/instruments-store.ts';
import { decisionTools, tables } from './books-wiring.ts';
import { createFactsStore } from './dynamo-facts-store.ts';
import { connectMarketData, MARKET_VARIABLES } from './market-wiring.ts';
import type { OrderMessage } from './order-message.ts';
import { type ValidationTools, validateBalance } from './validate-balance.ts';

const config = readConfig([
  'ORDERS_TABLE',
  'ACCOUNTS_TABLE',
  'INSTRUMENTS_TABLE',
  'TRADING_CALENDAR',
  ...MARKET_VARIABLES,
]);
const tools: ValidationTools = {
  ...decisionTools(config.TRADING_CALENDAR),
  facts: createFactsStore(tables, { orders: config.ORDERS_TABLE, accounts: config.ACCOUNTS_TABLE }),
  findInstrument: createInstrumentsStore(tables, config.INSTRUMENTS_TABLE).find,
  findMarket: connectMarketData(config),
};

export const handler = (message: OrderMessage) => validateBalance(tools, message);
