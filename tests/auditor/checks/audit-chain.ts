import type { Books, EventRecord, OrderRecord } from '../books.ts';
import { canonicalJson, sha256 } from '../canonical-json.ts';
import { type Check, type Doubt, mustEqual } from '../finding.ts';
import { groupBy } from '../grouping.ts';

/** Every order has a chain of events from 1 without a gap, each bound to the one before by its hash, the last showing the order as it is. */
export const AUDIT_CHAIN: Check = { name: 'audit chain', findIn };

function* findIn({ orders, events }: Books): Generator<Doubt> {
  const chains = groupBy(events, (event) => event.orderId);
  for (const order of orders) {
    const chain = (chains.get(order.orderId) ?? []).sort((a, b) => a.seq - b.seq);
    chains.delete(order.orderId);
    yield* brokenLinks(order.orderId, chain);
    yield* differentEnd(order, chain);
  }
  for (const subject of chains.keys()) yield { subject, detail: 'has events, and there is no such order' };
}

function* brokenLinks(orderId: string, chain: readonly EventRecord[]): Generator<Doubt> {
  let previousHash = '';
  for (const [index, event] of chain.entries()) {
    const subject = `${orderId} event ${event.seq}`;
    if (event.seq !== index + 1) yield { subject, detail: `event ${index + 1} is missing` };
    if (event.previousHash !== previousHash) yield { subject, detail: 'is not bound to the event before it' };
    if (sealOf(event) !== event.hash) yield { subject, detail: 'was changed after it was written' };
    previousHash = event.hash;
  }
}

/** The hash covers all fields but itself and the keys of the table's index; the table's `orderId` is the event's `subjectId`. */
function sealOf({ orderId, hash: _hash, accountId: _account, eventKey: _key, ...rest }: EventRecord): string {
  return sha256(canonicalJson({ ...rest, subjectId: orderId }));
}

/** What the order's item has beyond the order, for the indexes and the sweeper, and what events leave out. */
const NOT_IN_EVENTS = [
  'auditHash',
  'executionIds',
  'item',
  'placedKey',
  'sweepShard',
  'sweepAfterMs',
  'sweepKind',
  'sweepTries',
];

function* differentEnd(order: OrderRecord, chain: readonly EventRecord[]): Generator<Doubt> {
  const { orderId, auditSeq, version, auditHash } = order;
  yield* mustEqual(orderId, 'its event number', auditSeq, chain.length);
  yield* mustEqual(orderId, 'its version', version, chain.length);
  const last = chain.at(-1);
  if (!last) return;
  if (last.hash !== auditHash) yield { subject: orderId, detail: 'carries another hash than its last event' };
  const shown = Object.fromEntries(Object.entries(order).filter(([field]) => !NOT_IN_EVENTS.includes(field)));
  if (canonicalJson(shown) !== canonicalJson(last.payload.order)) {
    yield {
      subject: orderId,
      detail: `is not as its last event shows it: ${differingFields(shown, last.payload.order)}`,
    };
  }
}

function differingFields(a: Readonly<Record<string, unknown>>, b: object): string {
  const other: Readonly<Record<string, unknown>> = { ...b };
  const fields = new Set([...Object.keys(a), ...Object.keys(other)]);
  return [...fields]
    .filter((field) => canonicalJson(a[field] ?? null) !== canonicalJson(other[field] ?? null))
    .join(', ');
}
