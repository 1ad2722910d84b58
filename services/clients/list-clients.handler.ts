import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { CLIENT_VARIABLES, connectClients } from './clients-wiring.ts';
import { listClients } from './list-clients.ts';

const clients = connectClients(readConfig(CLIENT_VARIABLES));

export const handler = apiHandler(ROUTES.listClients, ({ query }) => listClients(query, clients));
