/** The one clock of a stack. Nothing in this package reads the machine's clock but the two implementations below. */
export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Runs `action` once the clock reads `atMs` or later; never within this call. */
  setTimer(atMs: number, action: () => void): Timer;
  /** Earliest timer outstanding, or undefined. */
  nextTimerMs(): number | undefined;
  /** Sets the clock and runs every timer due by then, in order of due time. Stepping back is refused. */
  step(toMs: number): void;
  /** Told whenever the distance to the machine's clock changes (`offsetMs`), or the clock stands still at an instant. */
  onStep(listener: (reading: ClockReading) => void): void;
  reading(): ClockReading;
}

/** What a worker needs to read the same clock: an offset to the machine's, or an instant at which time stands. */
export type ClockReading =
  | { readonly kind: 'running'; readonly offsetMs: number }
  | { readonly kind: 'standing'; readonly nowMs: number };

export interface Timer {
  cancel(): void;
}
