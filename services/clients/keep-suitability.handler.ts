import { ROUTES } from '@brokerage/contracts/routes/routes';
import { apiDesk } from '../platform/api-desk.ts';
import { apiHandler } from '../platform/api-handler.ts';
import { readConfig } from '../platform/config.ts';
import { CLIENT_VARIABLES, connectClients } from './clients-wiring.ts';
import { assessSuitability, declareUnsuitability } from './suitability-desk.ts';

const clients = connectClients(readConfig(CLIENT_VARIABLES));

export const handler = apiDesk(
  [
    ROUTES.assessSuitability,
    apiHandler(ROUTES.assessSuitability, (request) =>
      assessSuitability(request, request.path.clientId, request.body.profile, clients),
    ),
  ],
  [
    ROUTES.declareUnsuitability,
    apiHandler(ROUTES.declareUnsuitability, (request) => declareUnsuitability(request, request.body, clients)),
  ],
);
