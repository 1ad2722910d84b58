import * as z from 'zod';

/** Money to send: a client's withdrawal, or a payment that goes back to whoever made it. */
export const PayoutMessage = z.union([
  z.strictObject({ withdrawalId: z.string() }),
  z.strictObject({ endToEndId: z.string() }),
]);
export type PayoutMessage = z.infer<typeof PayoutMessage>;
