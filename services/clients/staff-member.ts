import type { StaffView } from '@brokerage/contracts/rest/staff-members';
import type { Role } from '@brokerage/contracts/routes/route';
import { epochMs, formatInstant } from '@brokerage/domain/calendar/instant';
import type { Client } from '../accounts/client.ts';
import type { STAFF_DIRECTORY } from './registered-client.ts';

/** Whoever works here: item `CLIENT` of an account without money. BLOCKED is suspended. A role never changes. */
export interface StaffMember extends Client {
  readonly role: Exclude<Role, 'TRADER'>;
  /** What the administrator knows members by; the name itself is sealed with the personal data. */
  readonly maskedName: string;
  readonly openedAtMs: number;
  readonly directory: typeof STAFF_DIRECTORY;
  readonly openedKey: string;
  /** A code of the request that made this member, by which a repeated one is known. */
  readonly requestMac?: string;
}

export function staffView({ accountId, maskedName, role, state, openedAtMs }: StaffMember): StaffView {
  const createdAt = formatInstant(epochMs(openedAtMs));
  return { staffId: accountId, name: maskedName, role, state: state === 'ACTIVE' ? state : 'SUSPENDED', createdAt };
}
