import type { Books, EventRecord } from '../books.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Check, Doubt } from '../finding.ts';
import { groupBy } from '../grouping.ts';
import { hasEnded } from '../order-states.ts';

/** The history is lawful (an ended order stays ended, CumQty never falls), and names each entry and each fill of its order once. */
export const ORDER_HISTORY: Check = { name: 'order history', findIn };

function* findIn({ events, entries, fills }: Books): Generator<Doubt> {
  for (const [orderId, history] of groupBy(events, (event) => event.orderId)) {
    yield* unlawful(
      orderId,
      history.toSorted((a, b) => a.seq - b.seq),
    );
  }
  const ordersEntries = entries.filter(({ orderId, kind }) => orderId !== null && kind !== 'SETTLEMENT');
  const named = events.flatMap(({ payload }) => payload.entryIds);
  yield* onceEach(
    'entry',
    named,
    ordersEntries.map(({ entryId }) => entryId),
  );
  const told = events.flatMap(({ payload }) => payload.fills.map(textOf));
  yield* onceEach('fill', told, fills.filter(({ isBusted }) => !isBusted).map(textOf));
}

function* unlawful(orderId: string, history: readonly EventRecord[]): Generator<Doubt> {
  for (const [index, { seq, payload }] of history.entries()) {
    const before = history[index - 1]?.payload.order;
    if (!before) continue;
    const { status, filledQuantity } = payload.order;
    const subject = `${orderId} event ${seq}`;
    if (hasEnded(before.status) && status !== before.status) {
      yield { subject, detail: `goes from ${before.status} to ${status}` };
    }
    if (filledQuantity < before.filledQuantity) {
      yield { subject, detail: `CumQty falls from ${before.filledQuantity} to ${filledQuantity}` };
    }
  }
}

function* onceEach(what: string, named: readonly string[], standing: readonly string[]): Generator<Doubt> {
  const times = groupBy(named, (name) => name);
  for (const name of standing) {
    const count = times.get(name)?.length ?? 0;
    if (count !== 1) yield { subject: name, detail: `this ${what} stands in ${count} events` };
    times.delete(name);
  }
  for (const name of times.keys()) yield { subject: name, detail: `this ${what} of an event is not in the books` };
}

function textOf(fill: object): string {
  const { item: _sortKey, ...content } = fill as Record<string, unknown>;
  return canonicalJson(content);
}
