import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anExchange, anOrder, rest, story } from '../testing/exchange-fixture.ts';
import { ManualClock, NOON_MS } from '../testing/manual-clock.ts';
import { OrderStore } from './order-store.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'exchange-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const started = () => anExchange({ store: new OrderStore(join(dataDir, 'live')) });

/** The files as a killed process leaves them: with its write-ahead log, without what it had not committed. */
function storeAfterKill(): OrderStore {
  const copy = join(dataDir, 'after-kill');
  cpSync(join(dataDir, 'live'), copy, { recursive: true });
  return new OrderStore(copy);
}

test('orders, priorities, stops, answers, tombstones and prices go on after a kill', () => {
  const before = started();
  before.enter(anOrder({ clOrdId: 'first', quantity: 300 }));
  before.enter(anOrder({ clOrdId: 'second', account: 'carla', quantity: 300 }));
  before.enter(anOrder({ clOrdId: 'stop', account: 'd', side: 'SELL', ordType: 'STOP', stopPriceCents: 2990 }));
  before.replace({ clOrdId: 'first.2', origClOrdId: 'first', quantity: 200 });
  rest(before, {});
  before.cancel({ clOrdId: 'c', origClOrdId: 'lost' });
  const quote = before.marketData(['PETR4']);
  const states = ['first', 'second', 'stop', 'lost'].map((id) => before.state(id));
  before.commit();

  const after = anExchange({ store: storeAfterKill() });
  expect(after.marketData(['PETR4'])).toEqual(quote);
  expect(['first', 'second', 'stop', 'lost'].map((id) => after.state(id))).toEqual(states);
  expect(story(after.enter(anOrder({ clOrdId: 'first' })))).toEqual(['NEW']);
  expect(story(after.enter(anOrder({ clOrdId: 'lost' })))).toEqual(['REJECTED TOMBSTONE']);
  rest(after, {});
  expect(after.state('first')).toMatchObject({ ordStatus: 'FILLED', cumQty: 200 });
  expect(after.state('second')).toMatchObject({ cumQty: 0 });
  after.enter(anOrder({ account: 'e', clOrdId: 'low', priceCents: 2990 }));
  rest(after, { quantity: 400, priceCents: 2990 });
  expect(after.state('stop')?.executions.at(1)?.execType).toBe('TRIGGERED');
});

test('what was not committed never happened, and its numbers are given again', () => {
  const before = started();
  before.enter(anOrder({ clOrdId: 'kept' }));
  before.commit();
  before.enter(anOrder({ clOrdId: 'lost' }));
  expect(before.reportsSince(0, 10)).toHaveLength(1);

  const after = anExchange({ store: storeAfterKill() });
  expect(after.state('lost')).toBeUndefined();
  expect(after.enter(anOrder({ clOrdId: 'lost' })).executions[0]?.seq).toBe(2);
  after.commit();
  expect(after.reportsSince(0, 10).map(({ seq }) => seq)).toEqual([1, 2]);
});

test('what expired while it was down is told at the start', () => {
  const before = started();
  before.enter(anOrder({ clOrdId: 'day' }));
  before.commit();
  const after = anExchange({ store: storeAfterKill(), clock: new ManualClock(NOON_MS + 86_400_000) });
  expect(after.state('day')?.ordStatus).toBe('EXPIRED');
  expect(after.reportsSince(1, 10)).toHaveLength(1);
});
