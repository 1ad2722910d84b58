import type { Queue } from '../platform/queue.ts';
import type { FollowUp, OrderMessage } from './order-message.ts';
import { SWEEP_DELAY_MS, SWEEP_SHARDS } from './sweep-schedule.ts';
import type { SweepCandidate, SweepStore } from './sweep-store.ts';

export interface SweepTools {
  readonly store: SweepStore;
  readonly orders: Pick<Queue, 'sendAll'>;
  readonly inDoubt: Pick<Queue, 'sendAll'>;
  readonly isExchangeReachable: () => Promise<boolean>;
  readonly now: () => number;
}

/** Taken up per shard and run: 400 orders in all, well within a minute. What is left is due in the next run. */
const MAX_PER_SHARD = 25;
/** An order that was sent on its way this often without moving is given to the resolver, which closes it. */
const MAX_TRIES = 3;
const MAX_LEASE_MS = 600_000;

/**
 * The net under every crash: sends on orders that stand in a passing state too long. Claims each by a lease that doubles,
 * so that runs may overlap and an order that cannot be helped is not sent round and round. Parked orders go in
 * the order of their receipt, and only once the exchange is back. Answers how many were sent on.
 */
export async function sweepOrders(tools: SweepTools): Promise<number> {
  const nowMs = tools.now();
  const shards = Array.from({ length: SWEEP_SHARDS }, (_, shard) => tools.store.due(shard, nowMs, MAX_PER_SHARD));
  const due = (await Promise.all(shards)).flat();
  const isParked = ({ sweepKind }: SweepCandidate) => sweepKind === 'PARKED';
  const mayResume = due.some(isParked) && (await tools.isExchangeReachable());
  const wanted = due.filter((candidate) => mayResume || !isParked(candidate));
  const claims = await Promise.all(wanted.map((candidate) => tools.store.claim(candidate, leaseEnd(candidate, nowMs))));
  const claimed = wanted.filter((_, index) => claims[index]).sort((a, b) => a.receivedAtMs - b.receivedAtMs);
  await tools.orders.sendAll(claimed.filter(goesToSaga).map(toOrderMessage));
  await tools.inDoubt.sendAll(claimed.filter((candidate) => !goesToSaga(candidate)).map(toFollowUp));
  return claimed.length;
}

function leaseEnd({ sweepTries }: SweepCandidate, nowMs: number): number {
  return nowMs + Math.min(MAX_LEASE_MS, SWEEP_DELAY_MS * 2 ** (sweepTries + 1));
}

function goesToSaga({ sweepKind, sweepTries }: SweepCandidate): boolean {
  return sweepKind === 'PARKED' || (sweepKind === 'UNSENT' && sweepTries < MAX_TRIES);
}

function toOrderMessage({ orderId, accountId, isin, correlationId }: SweepCandidate): OrderMessage {
  return { orderId, accountId, isin, correlationId };
}

function toFollowUp({ orderId, correlationId }: SweepCandidate): FollowUp {
  return { orderId, correlationId, tries: 0 };
}
