import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { listApiKeys } from './api-key-desk.ts';
import { API_KEY_VARIABLES, connectApiKeys } from './api-keys-wiring.ts';
import { CLIENT_VARIABLES, connectClients } from './clients-wiring.ts';

const config = readConfig([...CLIENT_VARIABLES, ...API_KEY_VARIABLES]);
const ports = { clients: connectClients(config), keys: connectApiKeys(config) };

export const handler = apiHandler(ROUTES.listApiKeys, ({ path }) => listApiKeys(path.clientId, ports));
