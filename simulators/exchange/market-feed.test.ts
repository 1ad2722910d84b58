import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MarketTick } from '@brokerage/contracts/market-feed';
import { expect, test } from 'vitest';
import { anExchange, anOrder, rest } from '../testing/exchange-fixture.ts';
import { ManualClock, NOON_MS } from '../testing/manual-clock.ts';
import type { Exchange } from './exchange.ts';
import { INSTRUMENTS } from './instruments.ts';
import { OrderStore } from './order-store.ts';

const SYMBOLS = INSTRUMENTS.length;

function ticksAfter(exchange: Exchange, seq: number, limit = 10_000): MarketTick[] {
  exchange.commit();
  return exchange
    .marketFeed()
    .read(seq, limit)
    .map(({ json }) => JSON.parse(json));
}

/** An exchange all of whose symbols have just spoken, and what it says from now on. */
function aListenedExchange(options: Parameters<typeof anExchange>[0] = {}) {
  const clock = new ManualClock();
  const exchange = anExchange({ clock, ...options });
  exchange.tick();
  exchange.commit();
  let heard = ticksAfter(exchange, 0).at(-1)?.seq ?? 0;
  const news = () => {
    const ticks = ticksAfter(exchange, heard);
    heard = ticks.at(-1)?.seq ?? heard;
    return ticks;
  };
  /** Makes it `afterMs` past noon and lets the exchange work. */
  const tickAt = (afterMs: number) => {
    clock.setOffset(afterMs);
    exchange.tick();
  };
  return { exchange, news, tickAt };
}

test('each trade is a tick with its price and the figures right after it', () => {
  const { exchange, news } = aListenedExchange();
  rest(exchange, { quantity: 100, priceCents: 2990 });
  rest(exchange, { quantity: 200, priceCents: 3000 });
  const { executions } = exchange.enter(anOrder({ quantity: 200 }));
  const ticks = news();
  expect(ticks.map(({ trade }) => trade)).toEqual([
    { tradeId: executions[1]?.execId, priceCents: 2990, quantity: 100 },
    { tradeId: executions[2]?.execId, priceCents: 3000, quantity: 100 },
  ]);
  expect(ticks[0]?.figures).toMatchObject({ lastCents: 2990, openCents: 2990, trades: 1, tradedQty: 100 });
  expect(ticks[1]).toMatchObject({ symbol: 'PETR4', tradeDate: '2026-11-24', timeMs: NOON_MS });
  expect(ticks[1]?.figures).toEqual(exchange.marketData(['PETR4']).quotes[0]);
});

test('best prices are told when they changed, once however often they did, and not when they came back', () => {
  const { exchange, news, tickAt } = aListenedExchange();
  for (const priceCents of [2990, 2991, 2992]) exchange.enter(anOrder({ priceCents }));
  expect(news()).toEqual([]);
  tickAt(50);
  expect(news()).toMatchObject([{ symbol: 'PETR4', trade: null, figures: { bidCents: 2992, bidQty: 100 } }]);
  exchange.enter(anOrder({ priceCents: 2980 }));
  exchange.enter(anOrder({ clOrdId: 'best', priceCents: 2995 }));
  exchange.cancel({ clOrdId: 'c', origClOrdId: 'best' });
  tickAt(100);
  expect(news()).toEqual([]);
});

test('every symbol speaks at least once a second, while the session is open', () => {
  const { exchange, news, tickAt } = aListenedExchange();
  for (let atMs = 50; atMs <= 900; atMs += 50) tickAt(atMs);
  expect(news()).toEqual([]);
  tickAt(950);
  expect(news().map(({ symbol }) => symbol)).toEqual(INSTRUMENTS.map(({ symbol }) => symbol));
  exchange.setSession(false);
  tickAt(5_000);
  expect(news()).toEqual([]);
});

test('numbers have no gaps, whatever is told', () => {
  const { exchange, tickAt } = aListenedExchange({ makers: true, noise: true });
  for (let atMs = 0; atMs <= 30_000; atMs += 50) tickAt(atMs);
  const first = ticksAfter(exchange, 0, 2);
  expect(first.map(({ seq }) => seq)).toEqual([1, 2]);
  const all = ticksAfter(exchange, 0);
  expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
  expect(all.filter(({ trade }) => trade !== null).length).toBeGreaterThan(20);
});

test('a receiver that is behind gets every trade, and of the quotes the newest when it has caught up', () => {
  const { exchange, news, tickAt } = aListenedExchange();
  const seconds = 200;
  for (let second = 1; second <= seconds; second += 1) {
    tickAt(second * 1_000);
    rest(exchange, {});
    exchange.enter(anOrder());
  }
  const backlog = news();
  expect(backlog.filter(({ trade }) => trade !== null)).toHaveLength(seconds);
  expect(backlog.length).toBeLessThan(seconds + 1_000 + SYMBOLS);
  exchange.marketFeed().acknowledge(backlog.at(-1)?.seq ?? 0);
  tickAt(seconds * 1_000 + 50);
  // PETR4's last trade already told how its book stands.
  const others = INSTRUMENTS.map(({ symbol }) => symbol).filter((symbol) => symbol !== 'PETR4');
  expect(news().map(({ symbol }) => symbol)).toEqual(others);
});

test('what is acknowledged is deleted; after a kill the rest comes again and numbers go on', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'feed-'));
  try {
    const before = anExchange({ store: new OrderStore(join(dataDir, 'live')) });
    const trade = (exchange: Exchange) => {
      rest(exchange, {});
      exchange.enter(anOrder());
    };
    for (let count = 0; count < 3; count += 1) trade(before);
    before.commit();
    before.marketFeed().acknowledge(2);
    before.commit();
    trade(before);
    expect(before.marketFeed().read(0, 10)).toHaveLength(1);
    cpSync(join(dataDir, 'live'), join(dataDir, 'killed'), { recursive: true });

    const after = anExchange({ store: new OrderStore(join(dataDir, 'killed')) });
    expect(after.marketFeed().acknowledged()).toBe(2);
    expect(ticksAfter(after, 2)).toMatchObject([{ seq: 3, figures: { trades: 3 } }]);
    after.marketFeed().acknowledge(3);
    after.commit();
    trade(after);
    expect(ticksAfter(after, 0)).toMatchObject([{ seq: 4, figures: { trades: 4 } }]);
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});
