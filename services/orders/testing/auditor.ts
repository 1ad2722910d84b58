import { verifyChain } from '@brokerage/domain/audit/audit-event';
import { testHash } from '@brokerage/domain/testing/builders';
import { expect } from 'vitest';
import { toOrderEvent } from '../../platform/audit-item.ts';
import type { OrderDesk } from './order-desk.ts';

type Row = Readonly<Record<string, unknown>>;
interface Posting {
  readonly account: string;
  readonly amountCents?: number;
  readonly quantity?: number;
}

const MONEY = ['available', 'blocked', 'receivable', 'payable'] as const;
const SHARES = ['free', 'blocked'] as const;

/**
 * Proves the books of a desk from its rows alone: entries sum to zero, what clients have is what they started with plus
 * their entries, what is blocked is what their orders hold, fills are counted once, and every audit chain is whole.
 */
export function expectSoundBooks(desk: OrderDesk, seeded: ReadonlyMap<string, Row>): void {
  const entries = desk.tables.rows('Ledger');
  for (const entry of entries) {
    expect(total(postings(entry, 'money'), 'amountCents'), `money of ${entry.entryKey}`).toBe(0);
    expect(total(postings(entry, 'shares'), 'quantity'), `shares of ${entry.entryKey}`).toBe(0);
  }
  const orders = desk.tables.rows('Orders').filter((row) => row.item === 'ORDER');
  for (const [account, start] of seeded) {
    const own = entries.filter((entry) => entry.accountId === account);
    const now = desk.holdings(account);
    for (const name of MONEY) {
      const moved = total(
        own.flatMap((entry) => postings(entry, 'money')).filter((each) => each.account === name),
        'amountCents',
      );
      expect(now[`${name}Cents`], `${name} of ${account}`).toBe(Number(start[`${name}Cents`]) + moved);
    }
    for (const name of SHARES) {
      const moved = total(
        own.flatMap((entry) => postings(entry, 'shares')).filter((each) => each.account === name),
        'quantity',
      );
      expect(now[`${name}Quantity`] ?? 0, `${name} shares of ${account}`).toBe(
        Number(start[`${name}Quantity`] ?? 0) + moved,
      );
    }
    expect(now.buyingPowerCents).toBe(Number(now.availableCents) + Number(now.receivableCents));
    const held = orders.filter((order) => order.accountId === account);
    expect(now.blockedCents).toBe(held.reduce((sum, order) => sum + Number(order.blockedCents), 0));
    expect(now.blockedQuantity ?? 0).toBe(held.reduce((sum, order) => sum + Number(order.blockedQuantity), 0));
  }
  for (const order of orders) expectSoundOrder(desk, order);
}

function expectSoundOrder(desk: OrderDesk, order: Row): void {
  const fills = desk.tables
    .rows('Orders')
    .filter((row) => row.orderId === order.orderId && String(row.item).startsWith('FILL#'));
  expect(
    fills.reduce((sum, fill) => sum + Number(fill.quantity), 0),
    `fills of ${order.orderId}`,
  ).toBe(order.filledQuantity);
  const trail = desk.tables
    .rows('Audit')
    .filter((row) => row.orderId === order.orderId)
    .sort((a, b) => Number(a.seq) - Number(b.seq))
    .map((row) => toOrderEvent(row as Parameters<typeof toOrderEvent>[0]));
  expect(trail.length).toBe(order.version);
  expect(verifyChain(trail, testHash)).toEqual({ ok: true });
}

function postings(entry: Row, kind: 'money' | 'shares'): readonly Posting[] {
  return entry[kind] as readonly Posting[];
}

function total(list: readonly Posting[], field: 'amountCents' | 'quantity'): number {
  return list.reduce((sum, posting) => sum + (posting[field] ?? 0), 0);
}
