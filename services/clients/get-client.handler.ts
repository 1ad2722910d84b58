import { ROUTES } from '@brokerage/contracts/routes/routes';
import { connectPersonalData, PERSONAL_DATA_VARIABLES } from '../accounts/personal-data-wiring.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { CLIENT_VARIABLES, connectClients } from './clients-wiring.ts';
import { getClient } from './get-client.ts';

const config = readConfig([...CLIENT_VARIABLES, ...PERSONAL_DATA_VARIABLES]);
const ports = { clients: connectClients(config), vault: connectPersonalData(config) };

export const handler = apiHandler(ROUTES.getClient, (request) => getClient(request, request.path.clientId, ports));
