import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { createCandlesStore } from './candles-store.ts';
import { listCandles } from './read-prices.ts';
import { createStockPricesStore } from './stock-prices-store.ts';

const config = readConfig(['STOCK_PRICES_TABLE', 'CANDLES_TABLE']);
const tables = createTables(dynamodb);
const prices = createStockPricesStore(tables, config.STOCK_PRICES_TABLE);
const candles = createCandlesStore(tables, config.CANDLES_TABLE);

export const handler = apiHandler(ROUTES.listCandles, ({ path, query }) =>
  listCandles(path.symbol, query, candles, prices),
);
