import type { Books } from '../books.ts';
import type { Check, Doubt } from '../finding.ts';
import { groupBy } from '../grouping.ts';

/** Seven days: as long as a client's key is kept at least. */
const KEY_LIFE_MS = 7 * 86_400_000;

/** One request, one order: no key names an order that is not there, no two keys name one, and no key of a client made two. */
export const IDEMPOTENCY: Check = { name: 'idempotency', findIn };

function* findIn({ orders, keys }: Books): Generator<Doubt> {
  const orderIds = new Set(orders.map(({ orderId }) => orderId));
  for (const [orderId, naming] of groupBy(keys, (key) => key.acceptedOrderId)) {
    if (!orderIds.has(orderId))
      yield { subject: orderId, detail: `is named by ${naming[0]?.orderId} and does not exist` };
    if (naming.length > 1) yield { subject: orderId, detail: `is named by ${naming.length} keys` };
  }
  for (const [subject, twins] of groupBy(orders, (order) => `${order.accountId} ${order.clientOrderId}`)) {
    const times = twins.map(({ receivedAtMs }) => receivedAtMs).sort((a, b) => a - b);
    const isRepeated = times.some((time, index) => index > 0 && time - times[index - 1]! < KEY_LIFE_MS);
    if (isRepeated) yield { subject, detail: `made ${twins.length} orders` };
  }
}
