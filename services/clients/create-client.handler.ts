import { ROUTES } from '@brokerage/contracts/routes/routes';
import { createCpfIndex } from '../accounts/cpf-index-gateway.ts';
import { connectPersonalData, PERSONAL_DATA_VARIABLES } from '../accounts/personal-data-wiring.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { kms } from '../platform/aws/kms.ts';
import { readConfig } from '../platform/config.ts';
import { CLIENT_VARIABLES, connectClients } from './clients-wiring.ts';
import { createClient } from './create-client.ts';

const config = readConfig([...CLIENT_VARIABLES, ...PERSONAL_DATA_VARIABLES, 'CPF_INDEX_KEY']);
const ports = {
  clients: connectClients(config),
  vault: connectPersonalData(config),
  index: createCpfIndex(kms, config.CPF_INDEX_KEY),
};

export const handler = apiHandler(ROUTES.createClient, (request) => createClient(request, ports));
