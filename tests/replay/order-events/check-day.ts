import type { RecordedEvent } from '../recorded-day.ts';
import type { FieldFault } from './columns.ts';

/** What records must agree on among each other. Asked about each one in the order of events; keeps what it saw. */
export class DayCheck {
  readonly #orders = new Map<string, RecordedEvent>();

  /** The first thing about this event that contradicts an earlier one. */
  faultOf(event: RecordedEvent): FieldFault | null {
    const before = this.#orders.get(event.orderNumber);
    this.#orders.set(event.orderNumber, event);
    if (!before) return null;
    const earlier = `line ${before.line} says`;
    if (before.symbol !== event.symbol) return { field: 'InstrumentSymbol', reason: `${earlier} ${before.symbol}` };
    if (before.side !== event.side) return { field: 'OrderSide', reason: `${earlier} ${before.side}` };
    if (before.member !== event.member) return { field: 'Member', reason: `${earlier} ${before.member}` };
    if (hasEnded(before)) return { field: 'ExecutionType', reason: `the order ended on line ${before.line}` };
    return quantityFault(before, event);
  }
}

function quantityFault(before: RecordedEvent, event: RecordedEvent): FieldFault | null {
  const grown = event.filledQuantity - before.filledQuantity;
  if (event.kind === 'TRADE' && grown <= 0)
    return { field: 'TradedQuantity', reason: `a Trade must raise it above ${before.filledQuantity}` };
  if (event.kind !== 'TRADE' && event.kind !== 'NEW' && grown !== 0)
    return {
      field: 'TradedQuantity',
      reason: `only a Trade changes it, and line ${before.line} says ${before.filledQuantity}`,
    };
  return null;
}

function hasEnded({ kind, filledQuantity, quantity }: RecordedEvent): boolean {
  return kind === 'CANCEL' || (kind === 'TRADE' && filledQuantity === quantity);
}
