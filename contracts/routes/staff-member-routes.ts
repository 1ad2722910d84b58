import { IssuedApiKey } from '../rest/clients.ts';
import { NoQuery } from '../rest/paging.ts';
import { NewStaffRequest, StaffPage, StaffPath, StaffView } from '../rest/staff-members.ts';
import { ADMINISTRATOR, NO_PATH, type Route } from './route.ts';

const ABOUT_STAFF = {
  desk: 'keep-staff',
  capability: 'clients',
  access: ADMINISTRATOR,
  body: null,
  bodyModel: null,
  query: NoQuery,
  idempotencyKey: null,
} as const;

/** Who works here, and with which keys. */
export const STAFF_MEMBER_ROUTES = {
  createStaff: {
    ...ABOUT_STAFF,
    operation: 'create-staff',
    method: 'POST',
    path: '/v1/staff',
    body: NewStaffRequest,
    bodyModel: 'NewStaffRequest',
    idempotencyKey: 'required',
    pathParameters: NO_PATH,
    success: { status: 201, body: StaffView, view: 'Staff' },
    summary: 'Register a member of staff with a role',
    summaryPt: 'Cadastrar um colaborador com um papel',
  },
  listStaff: {
    ...ABOUT_STAFF,
    operation: 'list-staff',
    method: 'GET',
    path: '/v1/staff',
    pathParameters: NO_PATH,
    success: { status: 200, body: StaffPage, view: 'StaffPage' },
    summary: 'List staff, newest first',
    summaryPt: 'Listar colaboradores, do mais novo ao mais antigo',
  },
  suspendStaff: {
    ...ABOUT_STAFF,
    operation: 'suspend-staff',
    method: 'DELETE',
    path: '/v1/staff/{staffId}',
    pathParameters: StaffPath,
    success: { status: 200, body: StaffView, view: 'Staff' },
    summary: 'Suspend a member of staff, never oneself; all keys end within a minute',
    summaryPt: 'Suspender um colaborador, nunca a si mesmo; as chaves param em até um minuto',
  },
  issueStaffKey: {
    ...ABOUT_STAFF,
    operation: 'issue-staff-key',
    method: 'POST',
    path: '/v1/staff/{staffId}/api-keys',
    pathParameters: StaffPath,
    success: { status: 201, body: IssuedApiKey, view: 'IssuedApiKey' },
    summary: 'Issue an API key to a member of staff; it is shown once and ends those before',
    summaryPt: 'Emitir a chave de API de um colaborador; é mostrada uma única vez e encerra as anteriores',
  },
} as const satisfies Record<string, Route>;
