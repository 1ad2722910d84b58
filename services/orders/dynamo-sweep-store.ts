import type { Tables } from '../platform/tables.ts';
import { orderKey } from './order-item.ts';
import type { SweepCandidate, SweepStore } from './sweep-store.ts';

/** Keys sweepShard and sweepAfterMs; it holds what a candidate shows. */
const SWEEP_INDEX = 'bySweep';

export function createSweepStore(tables: Tables, ordersTable: string): SweepStore {
  return {
    async due(shard, nowMs, limit) {
      const { items } = await tables.query<SweepCandidate>({
        table: ordersTable,
        index: SWEEP_INDEX,
        key: {
          expression: 'sweepShard = :shard AND sweepAfterMs <= :now',
          values: { ':shard': shard, ':now': nowMs },
        },
        limit,
      });
      return items;
    },
    claim({ orderId, sweepAfterMs, sweepTries }, untilMs) {
      return tables.update(
        ordersTable,
        orderKey(orderId),
        {
          expression: 'SET sweepAfterMs = :until, sweepTries = :tries',
          values: { ':until': untilMs, ':tries': sweepTries + 1 },
        },
        { expression: 'sweepAfterMs = :seen', values: { ':seen': sweepAfterMs } },
      );
    },
  };
}
