import {
  ClientPath,
  DeclarationRequest,
  DeclarationView,
  SuitabilityRequest,
  SuitabilityView,
} from '../rest/clients.ts';
import { NoQuery } from '../rest/paging.ts';
import { ACCOUNT_KEEPERS, NO_PATH, type Route, TRADER } from './route.ts';

const ABOUT_SUITABILITY = {
  desk: 'keep-suitability',
  capability: 'clients',
  method: 'POST',
  query: NoQuery,
  idempotencyKey: null,
} as const;

/** Whether shares suit a client, and what the client declares where they do not. */
export const SUITABILITY_ROUTES = {
  assessSuitability: {
    ...ABOUT_SUITABILITY,
    operation: 'assess-suitability',
    path: '/v1/clients/{clientId}/suitability',
    access: ACCOUNT_KEEPERS,
    body: SuitabilityRequest,
    bodyModel: 'SuitabilityRequest',
    pathParameters: ClientPath,
    success: { status: 200, body: SuitabilityView, view: 'Suitability' },
    summary: 'Record the profile that a client’s answers gave now',
    summaryPt: 'Registrar o perfil do investidor apurado agora',
  },
  declareUnsuitability: {
    ...ABOUT_SUITABILITY,
    operation: 'declare-unsuitability',
    path: '/v1/account/suitability-declarations',
    access: TRADER,
    body: DeclarationRequest,
    bodyModel: 'DeclarationRequest',
    pathParameters: NO_PATH,
    success: { status: 201, body: DeclarationView, view: 'Declaration' },
    summary: 'Declare to know that shares do not suit one’s profile, or that it is missing or expired',
    summaryPt: 'Declarar ciência de que ações não se adequam ao perfil, ou de que ele falta ou venceu',
  },
} as const satisfies Record<string, Route>;
