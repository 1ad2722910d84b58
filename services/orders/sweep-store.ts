import type { OrderMessage } from './order-message.ts';
import type { SweepKind } from './sweep-schedule.ts';

/** An order that stands too long, as the sparse index bySweep shows it. */
export interface SweepCandidate extends OrderMessage {
  readonly receivedAtMs: number;
  readonly sweepKind: SweepKind;
  readonly sweepAfterMs: number;
  /** Claims since the order last changed. */
  readonly sweepTries: number;
}

export interface SweepStore {
  /** Due at `nowMs`, longest due first. The index may lag behind the orders. */
  due(shard: number, nowMs: number, limit: number): Promise<readonly SweepCandidate[]>;
  /** Claims a candidate until an instant; false when another sweeper has, or the order has moved. */
  claim(candidate: SweepCandidate, untilMs: number): Promise<boolean>;
}
