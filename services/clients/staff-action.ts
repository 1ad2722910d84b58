import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import type { UnsuitabilityCause } from '@brokerage/domain/clients/suitability';
import type { Caller } from '../platform/api-request.ts';
import type { TransactAction } from '../platform/transaction.ts';

export type StaffActionKind =
  | 'CLIENT_CREATED'
  | 'CLIENT_CLOSED'
  | 'SUITABILITY_ASSESSED'
  | 'UNSUITABILITY_DECLARED'
  | 'PERSONAL_DATA_READ'
  | 'DATA_EXPORTED'
  | 'ERASURE_REFUSED'
  | 'CLIENT_ERASED'
  | 'API_KEY_ISSUED'
  | 'API_KEY_ROTATED'
  | 'API_KEY_REVOKED'
  | 'STAFF_CREATED'
  | 'STAFF_SUSPENDED';

/** What a member of staff did about a client or another member, and what a client declared: item of the table StaffActions, which nobody changes. */
export interface StaffAction {
  readonly accountId: string;
  /** `<ISO time>#<request id>`: a repeated invocation writes the same item. */
  readonly actionKey: string;
  readonly action: StaffActionKind;
  readonly actor: string;
  readonly role: string;
  readonly correlationId: string;
  readonly keyId?: string;
  /** Of a declaration: what the client knows. */
  readonly cause?: UnsuitabilityCause;
}

/** Of a request by a member of staff, what its use case needs to know. */
export interface StaffRequest {
  readonly caller: Caller;
  readonly correlationId: string;
  readonly requestId: string;
  readonly nowMs: number;
}

export function staffAction(
  { caller, correlationId, requestId, nowMs }: StaffRequest,
  accountId: string,
  action: StaffActionKind,
  more: Pick<StaffAction, 'keyId' | 'cause'> = {},
): StaffAction {
  const actionKey = `${formatInstant(epochMs(nowMs))}#${requestId}`;
  return { accountId, actionKey, action, actor: caller.accountId, role: caller.role, correlationId, ...more };
}

export function recordAction(table: string, item: StaffAction): TransactAction {
  return { kind: 'PUT', table, item };
}
