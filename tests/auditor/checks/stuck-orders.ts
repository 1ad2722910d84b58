import type { Check } from '../finding.ts';
import { isTransitional } from '../order-states.ts';

/** No order waits longer than `maxAgeMs` for an answer; one that is parked while the exchange is away does so with cause. */
export function stuckOrders(maxAgeMs: number): Check {
  return {
    name: 'orders under way',
    *findIn({ orders, nowMs }) {
      for (const { orderId, status, waitingFor, updatedAtMs } of orders) {
        const ageMs = nowMs - updatedAtMs;
        if (!isTransitional(status) || waitingFor === 'EXCHANGE' || ageMs <= maxAgeMs) continue;
        yield { subject: orderId, detail: `has been ${status} for ${Math.round(ageMs / 1000)} s` };
      }
    },
  };
}
