import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { listPrices } from './read-prices.ts';
import { createStockPricesStore } from './stock-prices-store.ts';

const config = readConfig(['STOCK_PRICES_TABLE']);
const prices = createStockPricesStore(createTables(dynamodb), config.STOCK_PRICES_TABLE);

export const handler = apiHandler(ROUTES.listPrices, ({ query, nowMs }) => listPrices(query, nowMs, prices));
