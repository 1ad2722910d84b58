import type { Role, Route } from '@brokerage/contracts/routes/route';
import { ALL_ROUTES } from '@brokerage/contracts/routes/routes';

/**
 * What a route tells of clients. BY_ID: one thing of the caller's, named by an id. OWN: what is the caller's, or makes something of the caller's.
 * EVERYONES: the same for all. STAFFS: nothing for clients. SIGNED: a foreign system's word, taken by its signature alone.
 */
export type Telling = 'BY_ID' | 'OWN' | 'EVERYONES' | 'STAFFS' | 'SIGNED';

/** Written by hand, so that a new route is thought about before it opens. */
export const TELLINGS: Readonly<Record<string, Telling>> = {
  'POST /v1/orders': 'OWN',
  'GET /v1/orders': 'OWN',
  'DELETE /v1/orders': 'OWN',
  'POST /v1/orders/preview': 'OWN',
  'GET /v1/orders/{orderId}': 'BY_ID',
  'PATCH /v1/orders/{orderId}': 'BY_ID',
  'DELETE /v1/orders/{orderId}': 'BY_ID',
  'GET /v1/orders/{orderId}/audit': 'BY_ID',
  'GET /v1/orders/{orderId}/receipt': 'BY_ID',
  'GET /v1/account': 'OWN',
  'GET /v1/account/statement': 'OWN',
  'GET /v1/positions': 'OWN',
  'GET /v1/fees': 'EVERYONES',
  'POST /v1/deposits': 'OWN',
  'GET /v1/deposits/{txid}': 'BY_ID',
  'POST /v1/withdrawals': 'OWN',
  'GET /v1/withdrawals/{withdrawalId}': 'BY_ID',
  'GET /v1/prices': 'EVERYONES',
  'GET /v1/prices/{symbol}': 'EVERYONES',
  'GET /v1/prices/{symbol}/candles': 'EVERYONES',
  'POST /v1/stream-tickets': 'OWN',
  'GET /v1/openapi.json': 'EVERYONES',
  'POST /v1/clients': 'STAFFS',
  'GET /v1/clients': 'STAFFS',
  'GET /v1/clients/{clientId}': 'STAFFS',
  'DELETE /v1/clients/{clientId}': 'STAFFS',
  'GET /v1/clients/{clientId}/export': 'STAFFS',
  'POST /v1/clients/{clientId}/api-keys': 'STAFFS',
  'GET /v1/clients/{clientId}/api-keys': 'STAFFS',
  'POST /v1/clients/{clientId}/api-keys/{keyId}/rotations': 'STAFFS',
  'DELETE /v1/clients/{clientId}/api-keys/{keyId}': 'STAFFS',
  'POST /v1/clients/{clientId}/closing': 'STAFFS',
  'POST /v1/clients/{clientId}/suitability': 'STAFFS',
  'POST /v1/account/suitability-declarations': 'OWN',
  'POST /v1/staff': 'STAFFS',
  'GET /v1/staff': 'STAFFS',
  'DELETE /v1/staff/{staffId}': 'STAFFS',
  'POST /v1/staff/{staffId}/api-keys': 'STAFFS',
  'GET /v1/ops/trial-balance': 'STAFFS',
  'POST /v1/ops/republish': 'STAFFS',
  'POST /v1/ops/sweep': 'STAFFS',
  'GET /v1/compliance/alerts': 'STAFFS',
  'POST /v1/webhooks/exchange': 'SIGNED',
  'POST /v1/webhooks/bank': 'SIGNED',
  'POST /v1/exchange/market-data': 'SIGNED',
};

/** What may stand in a path and is nobody's secret. */
const PUBLIC_PARAMETERS: ReadonlySet<string> = new Set(['symbol']);

export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;
export const routesOf = (telling: Telling): readonly Route[] =>
  ALL_ROUTES.filter((route) => TELLINGS[nameOf(route)] === telling);

/** What a route must be by its access and path; null when it may be OWN or EVERYONES. */
export function tellingBy({ access, path }: Route): Telling | null {
  if (access.kind === 'SIGNATURE') return 'SIGNED';
  if (access.kind === 'KEY' && !access.roles.includes('TRADER')) return 'STAFFS';
  return parametersOf(path).some((name) => !PUBLIC_PARAMETERS.has(name)) ? 'BY_ID' : null;
}

export function opensFor({ access }: Route, role: Role | null): boolean {
  return access.kind !== 'KEY' || (role !== null && access.roles.includes(role));
}

/** A path with a value for each of its parameters; one without a value fails the test. */
export function pathWith({ path }: Route, values: Readonly<Record<string, string>>): string {
  return parametersOf(path).reduce((text, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no test knows a ${name} for ${path}`);
    return text.replace(`{${name}}`, encodeURIComponent(value));
  }, path);
}

const parametersOf = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

/** A body that API Gateway's model lets pass and that changes nothing of weight; undefined where none is taken. */
export function harmlessBody({ bodyModel }: Route): object | undefined {
  if (bodyModel === null) return undefined;
  const body = HARMLESS_BODIES[bodyModel];
  if (!body) throw new Error(`no test knows a harmless ${bodyModel}`);
  return body;
}

const HARMLESS_BODIES: Readonly<Record<string, object>> = {
  NewOrderRequest: { symbol: 'XXXX9', side: 'BUY', type: 'LIMIT', quantity: 100, limitPrice: '30.25' },
  AmendOrderRequest: { quantity: 200 },
  DepositRequest: { amount: '0.01' },
  WithdrawalRequest: { amount: '99999999.00' },
  SuitabilityRequest: { profile: 'AGGRESSIVE' },
  DeclarationRequest: { cause: 'NO_PROFILE', isAware: true },
  NewStaffRequest: { name: 'Nobody Yet', role: 'OPERATOR' },
  RepublishRequest: { orderId: 'ORD-0123456789ABCDEFGHJKMNPQRS' },
  NewClientRequest: {
    name: 'Nobody Yet',
    cpf: '52998224724',
    email: 'nobody@example.com',
    phone: '+5511900000000',
    birthDate: '1990-05-17',
    kyc: {
      occupation: 'None',
      monthlyIncomeReais: 0,
      netWorthReais: 0,
      isPoliticallyExposed: false,
      address: { street: 'Rua', number: '1', complement: null, city: 'Santos', state: 'SP', postalCode: '01305000' },
    },
    suitability: 'MODERATE',
    plan: 'STANDARD',
  },
};
