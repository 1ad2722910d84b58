import * as z from 'zod';
import { NoQuery } from '../rest/paging.ts';
import { NO_PATH, type Route, SIGNATURE } from './route.ts';

/** What a foreign system signs and delivers: its function checks the raw body, and answers that it was received. */
const DELIVERY = {
  method: 'POST',
  access: SIGNATURE,
  body: 'RAW',
  bodyModel: null,
  query: NoQuery,
  pathParameters: NO_PATH,
  idempotencyKey: null,
  success: { status: 200, body: z.object({}), view: 'Received' },
} as const;

/** Where the foreign systems report. They are answered 200 once their batch is in a queue or a stream. */
export const WEBHOOK_ROUTES = {
  receiveExecutions: {
    ...DELIVERY,
    operation: 'receive-executions',
    path: '/v1/webhooks/exchange',
    capability: 'orders',
    summary: 'Execution reports of the exchange',
    summaryPt: 'Relatórios de execução da bolsa',
  },
  publishTicks: {
    ...DELIVERY,
    operation: 'publish-ticks',
    path: '/v1/exchange/market-data',
    capability: 'market-data',
    summary: 'Market data of the exchange',
    summaryPt: 'Dados de mercado da bolsa',
  },
  receiveBankEvents: {
    ...DELIVERY,
    operation: 'receive-bank-events',
    path: '/v1/webhooks/bank',
    capability: 'accounts',
    summary: 'Payments and payouts of the bank',
    summaryPt: 'Pagamentos e resgates informados pelo banco',
  },
} as const satisfies Record<string, Route>;
