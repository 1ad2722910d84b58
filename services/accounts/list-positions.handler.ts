import { ROUTES } from '@brokerage/contracts/routes/routes';
import { accountId } from '@brokerage/domain/identifiers';
import { createMarketDataGateway } from '../market-data/market-data-gateway.ts';
import { createStockPricesGateway } from '../market-data/stock-prices-gateway.ts';
import { answer } from '../platform/api-answer.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { readConfig } from '../platform/config.ts';
import { callForeign } from '../platform/foreign-http.ts';
import { createCredentials } from '../platform/secrets.ts';
import { createTables } from '../platform/tables.ts';
import { createAccountsStore } from './accounts-store.ts';
import { listPositions } from './list-positions.ts';

const config = readConfig(['ACCOUNTS_TABLE', 'STOCK_PRICES_TABLE', 'EXCHANGE_URL', 'EXCHANGE_SECRET']);
const tables = createTables(dynamodb);
const accounts = createAccountsStore(tables, config.ACCOUNTS_TABLE);
const credentials = createCredentials(secretsManager, config.EXCHANGE_SECRET);
const exchange = createMarketDataGateway({ baseUrl: config.EXCHANGE_URL, credentials, call: callForeign });
const marketData = createStockPricesGateway(tables, config.STOCK_PRICES_TABLE, exchange);

export const handler = apiHandler(ROUTES.listPositions, async ({ caller }) =>
  answer(await listPositions(accountId(caller.accountId), accounts, marketData)),
);
