import * as z from 'zod';

/** TRADER is a client, who trades for its own account; the others are staff and have none. ADMINISTRATOR keeps clients and keys, and reads nobody's data. */
export type Role = 'TRADER' | 'OPERATOR' | 'COMPLIANCE' | 'ADMINISTRATOR';
export type Capability =
  | 'orders'
  | 'accounts'
  | 'operations'
  | 'compliance'
  | 'back-office'
  | 'streaming'
  | 'market-data'
  | 'clients';

/**
 * Who may call. KEY: an API key of one of the roles, metered by the usage plan that the key belongs to. SIGNATURE: a foreign system, by
 * HMAC over the raw body. PUBLIC: anyone.
 */
export type Access =
  | { readonly kind: 'KEY'; readonly roles: readonly Role[] }
  | { readonly kind: 'SIGNATURE' }
  | { readonly kind: 'PUBLIC' };

/** Headers that a route reads, beyond x-api-key and x-correlation-id. */
export type HeaderNeed = 'required' | 'optional';

/**
 * One operation of the REST API. Its handler is `services/<capability>/<operation>.handler.ts`; its API Gateway model is named by
 * `bodyModel`. `body: 'RAW'` is a signed webhook, which only the handler can check.
 */
export interface Route {
  readonly operation: string;
  /** Operations of one desk run in one function, `services/<capability>/<desk>.handler.ts`: a stack takes 500 resources, and a function is three. */
  readonly desk?: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly capability: Capability;
  readonly access: Access;
  readonly body: z.ZodType | 'RAW' | null;
  readonly bodyModel: string | null;
  readonly query: z.ZodObject;
  readonly pathParameters: z.ZodObject;
  readonly idempotencyKey: HeaderNeed | null;
  readonly success: { readonly status: number; readonly body: z.ZodType; readonly view: string };
  readonly summary: string;
  readonly summaryPt: string;
}

export const TRADER: Access = { kind: 'KEY', roles: ['TRADER'] };
export const OPERATOR: Access = { kind: 'KEY', roles: ['OPERATOR'] };
export const COMPLIANCE: Access = { kind: 'KEY', roles: ['COMPLIANCE'] };
/** Those who open accounts and hand out keys. */
export const ACCOUNT_KEEPERS: Access = { kind: 'KEY', roles: ['OPERATOR', 'ADMINISTRATOR'] };
export const ADMINISTRATOR: Access = { kind: 'KEY', roles: ['ADMINISTRATOR'] };
export const STAFF: Access = { kind: 'KEY', roles: ['OPERATOR', 'COMPLIANCE', 'ADMINISTRATOR'] };
export const SIGNATURE: Access = { kind: 'SIGNATURE' };
export const PUBLIC: Access = { kind: 'PUBLIC' };
export const NO_PATH = z.strictObject({});

/** The function behind a route, and the name of its handler's file. */
export function functionOf({ desk, operation }: Pick<Route, 'desk' | 'operation'>): string {
  return desk ?? operation;
}
