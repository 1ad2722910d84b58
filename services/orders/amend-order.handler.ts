import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { createInstrumentsStore } from '../platform/instruments-store.ts';
import { type AmendTools, amendOrder } from './amend-order.ts';
import { tables } from './books-wiring.ts';
import { createFactsStore } from './dynamo-facts-store.ts';
import { connectMarketData, MARKET_VARIABLES } from './market-wiring.ts';
import { createRequestTools } from './request-wiring.ts';

const config = readConfig(['ORDERS_TABLE', 'ACCOUNTS_TABLE', 'INSTRUMENTS_TABLE', ...MARKET_VARIABLES]);
const tools: AmendTools = {
  ...createRequestTools(),
  facts: createFactsStore(tables, { orders: config.ORDERS_TABLE, accounts: config.ACCOUNTS_TABLE }),
  findInstrument: createInstrumentsStore(tables, config.INSTRUMENTS_TABLE).find,
  findMarket: connectMarketData(config),
};

export const handler = apiHandler(ROUTES.amendOrder, ({ body, caller, path, correlationId }) =>
  amendOrder(tools, caller.accountId, path.orderId, body, correlationId),
);
