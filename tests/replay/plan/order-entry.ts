import type { RecordedEvent } from '../recorded-day.ts';
import type { Action } from './day-plan.ts';
import type { RecordedTrade } from './recorded-trades.ts';

/**
 * How an order comes into the replay. NEW: by its New. FIRST_UPDATE: the window of the file opens later than the market, the order has no
 * New, and its first Update is taken for it. OPENING_BOOK: no New either, but its first event is a Trade or a Cancel, so it stood in the book
 * at that event's price when the window opened. AT_CLOSING_CALL: it has two News, because it was meant for the closing call (B3's MOC),
 * waited outside of the book, and entered it by the second.
 */
export type EntryKind = 'NEW' | 'FIRST_UPDATE' | 'OPENING_BOOK' | 'AT_CLOSING_CALL';

export interface OrderEntry {
  readonly action: Extract<Action, { kind: 'PLACE' }>;
  /** That of its event; of an order of the opening book, one that sorts before all events and by the order's number. */
  readonly sequence: number;
  readonly timeMs: number;
  /** Shares filled before the window: the replayed order starts without them. */
  readonly filledBefore: number;
}

/** Null when nothing in the file tells the order's price: it stood in the book as a market order. */
export function entryOf(history: readonly RecordedEvent[], trades: readonly RecordedTrade[]): OrderEntry | null {
  const [first] = history as [RecordedEvent];
  if (first.kind === 'UPDATE') return entryBy(first, 'FIRST_UPDATE', first.filledQuantity);
  if (first.kind !== 'NEW') return first.priceCents > 0 ? openingEntry(first, trades) : null;
  const leadingNews = history.slice(
    0,
    history.findIndex(({ kind }) => kind !== 'NEW'),
  );
  const lastNew = (history.every(({ kind }) => kind === 'NEW') ? history : leadingNews).at(-1) as RecordedEvent;
  return entryBy(lastNew, lastNew === first ? 'NEW' : 'AT_CLOSING_CALL', 0);
}

function entryBy({ priceCents, quantity, sequence, timeMs }: RecordedEvent, entry: EntryKind, filledBefore: number) {
  const price = priceCents === 0 ? null : priceCents;
  const action = { kind: 'PLACE', entry, quantity: quantity - filledBefore, priceCents: price } as const;
  return { action, sequence, timeMs, filledBefore };
}

/** Order numbers rise with time and stay far below 2^53, so that they tell who of the opening book came first. */
function openingEntry(first: RecordedEvent, trades: readonly RecordedTrade[]): OrderEntry {
  const own = trades.find(({ events }) => events.includes(first));
  const filledBefore = first.filledQuantity - (own?.quantity ?? 0);
  const sequence = Number(first.orderNumber) - Number.MAX_SAFE_INTEGER;
  return { ...entryBy(first, 'OPENING_BOOK', filledBefore), sequence, timeMs: Number.NEGATIVE_INFINITY };
}
