import { randomBytes } from 'node:crypto';
import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { dynamodb } from '../platform/aws/dynamodb.ts';
import { readConfig } from '../platform/config.ts';
import { createTables } from '../platform/tables.ts';
import { createStreamTicket } from './create-stream-ticket.ts';
import { createStreamTicketsStore } from './stream-tickets-store.ts';

const TICKET_BYTES = 32;

const config = readConfig(['STREAM_TICKETS_TABLE']);
const store = createStreamTicketsStore(createTables(dynamodb), config.STREAM_TICKETS_TABLE);
const newTicket = () => randomBytes(TICKET_BYTES).toString('base64url');

export const handler = apiHandler(ROUTES.createStreamTicket, ({ caller, nowMs }) =>
  createStreamTicket(caller.accountId, nowMs, store, newTicket),
);
