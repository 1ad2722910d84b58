/** A real day of order events, whatever file it came from. Prices are integer centavos, quantities integer shares. */
export interface RecordedDay {
  /** Of the session, as in the file: `2015-11-03`. */
  readonly sessionDate: string;
  /** In the exchange's order of events. */
  readonly events: readonly RecordedEvent[];
}

export type RecordedSide = 'BUY' | 'SELL';
export type RecordedKind = 'NEW' | 'UPDATE' | 'CANCEL' | 'TRADE';
/** On which side of a trade the order stood; NEUTRAL for anything but a trade. */
export type Aggression = 'NEUTRAL' | 'AGGRESSOR' | 'PASSIVE';

export interface RecordedEvent {
  /** Line of the file, for messages. */
  readonly line: number;
  readonly symbol: string;
  readonly orderNumber: string;
  readonly member: string;
  readonly side: RecordedSide;
  readonly kind: RecordedKind;
  /** Of the event within its instrument; rises with time. */
  readonly sequence: number;
  /** Milliseconds since the local midnight, with microseconds behind the point. */
  readonly timeMs: number;
  /** 0: an order without a price of its own. */
  readonly priceCents: number;
  /** The order's total after the event. */
  readonly quantity: number;
  /** Filled so far, this event included. */
  readonly filledQuantity: number;
  readonly aggression: Aggression;
}
