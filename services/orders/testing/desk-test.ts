import { test as base } from 'vitest';
import { expectSoundBooks } from './auditor.ts';
import { OrderDesk } from './order-desk.ts';

/** A test with a desk of its own, whose books are audited at the end. */
export const test = base.extend<{ desk: OrderDesk }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants the fixture's dependencies destructured
  desk: async ({}, use) => {
    const desk = new OrderDesk();
    const seeded = new Map(['ana', 'bruno'].map((account) => [account, desk.holdings(account)]));
    await use(desk);
    expectSoundBooks(desk, seeded);
  },
});
