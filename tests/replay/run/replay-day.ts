import { InputError } from '../input-error.ts';
import type { DayPlan } from '../plan/day-plan.ts';
import { fundingOf } from '../plan/funding.ts';
import { openingPrices } from '../plan/opening-prices.ts';
import type { Replay } from '../report/replay-report.ts';
import { createBrokerageApi } from './brokerage-api.ts';
import { openMarket, readInstruments } from './exchange-panel.ts';
import { readFinalOrders } from './final-orders.ts';
import { type Listing, openMemberAccounts } from './member-accounts.ts';
import { OrderDriver } from './order-driver.ts';
import { replayLanes, type Speed } from './replay-lanes.ts';
import type { ReplayTarget } from './replay-target.ts';

const CONNECTIONS = 8;
const PROGRESS_EVERY = 1_000;

/**
 * Replays a plan against a running stack. Throws InputError, before it has changed anything, when the exchange does not list an instrument of
 * the file.
 */
export async function replayDay(
  file: string,
  plan: DayPlan,
  target: ReplayTarget,
  speed: Speed,
  progress: (message: string) => void,
): Promise<Replay> {
  const listings = await listingsOf(file, plan, target);
  await openMarket(target, openingPrices(plan));
  const apiKeys = await openMemberAccounts(target, fundingOf(plan), listings);
  progress(`${apiKeys.size} accounts opened and funded`);
  const api = createBrokerageApi(target.apiUrl, CONNECTIONS);
  try {
    const driver = new OrderDriver(api, plan.orders, apiKeys);
    const total = [...plan.lanes.values()].reduce((sum, { length }) => sum + length, 0);
    let done = 0;
    const onStep = () => {
      done += 1;
      if (done % PROGRESS_EVERY === 0) progress(`${done} of ${total} events`);
    };
    const startedMs = performance.now();
    const results = await replayLanes(plan, (step) => driver.drive(step), speed, onStep);
    const durationMs = performance.now() - startedMs;
    const finalOrders = await readFinalOrders(api, driver.sent);
    return { file, plan, results, finalOrders, durationMs, throttled: api.throttled() };
  } finally {
    await api.close();
  }
}

async function listingsOf(file: string, plan: DayPlan, target: ReplayTarget): Promise<ReadonlyMap<string, Listing>> {
  const instruments = await readInstruments(target);
  const listings = new Map<string, Listing>();
  for (const [symbol, openingCents] of openingPrices(plan)) {
    const instrument = instruments.get(symbol);
    if (!instrument) throw new InputError(file, null, 'InstrumentSymbol', `the exchange does not list ${symbol}`);
    listings.set(symbol, { instrument, openingCents });
  }
  return listings;
}
