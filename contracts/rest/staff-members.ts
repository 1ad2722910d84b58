/** The brokerage's own people, as the administrator keeps them. */
import * as z from 'zod';
import { PersonName } from './clients.ts';
import { pageOf } from './paging.ts';

const StaffRole = z.enum(['OPERATOR', 'COMPLIANCE', 'ADMINISTRATOR']);

/** A role is for good: who gets another becomes another member, by another administrator's or this one's hand, and never by their own. */
export const NewStaffRequest = z.strictObject({ name: PersonName, role: StaffRole });
export type NewStaffRequest = z.output<typeof NewStaffRequest>;

/** `name` is masked for whoever looks. */
export const StaffView = z.object({
  staffId: z.string(),
  name: z.string(),
  role: StaffRole,
  state: z.enum(['ACTIVE', 'SUSPENDED']),
  createdAt: z.iso.datetime(),
});
export type StaffView = z.infer<typeof StaffView>;
export const StaffPage = pageOf(StaffView);
export const StaffPath = z.strictObject({ staffId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/) });
