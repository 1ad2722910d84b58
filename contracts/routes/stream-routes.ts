import { NoQuery } from '../rest/paging.ts';
import { StreamTicket } from '../rest/stream-tickets.ts';
import { NO_PATH, type Route, TRADER } from './route.ts';

export const STREAM_ROUTES = {
  createStreamTicket: {
    operation: 'create-stream-ticket',
    method: 'POST',
    path: '/v1/stream-tickets',
    capability: 'streaming',
    access: TRADER,
    body: null,
    bodyModel: null,
    query: NoQuery,
    pathParameters: NO_PATH,
    idempotencyKey: null,
    success: { status: 201, body: StreamTicket, view: 'StreamTicket' },
    summary: 'Get a ticket that opens the stream once',
    summaryPt: 'Obter um bilhete que abre o canal em tempo real uma vez',
  },
} as const satisfies Record<string, Route>;
