import type { KeptWindow } from './stream-checkpoints.ts';

/** Source: services-kinesis-windows.html: a state over 1 MB ends its window early. */
const MAX_STATE_BYTES = 1024 * 1024;
const NO_STATE = '{}';

/** A window of a shard under way. Windows follow each other without a gap, from the epoch on; a record belongs to the one it arrived in. */
export class OpenWindow {
  readonly startMs: number;
  readonly endMs: number;
  /** JSON: what the function last returned. */
  state: string;

  constructor(atMs: number, lengthMs: number, state: string = NO_STATE) {
    this.startMs = Math.floor(atMs / lengthMs) * lengthMs;
    this.endMs = this.startMs + lengthMs;
    this.state = state;
  }

  kept(): KeptWindow {
    return { startMs: this.startMs, state: this.state };
  }

  isStateTooLarge(): boolean {
    return Buffer.byteLength(this.state) > MAX_STATE_BYTES;
  }

  /** After an early end the same window goes on with a fresh state. */
  startAfresh(): void {
    this.state = NO_STATE;
  }

  /** The event's members of the window itself. */
  members(): { window: { start: string; end: string }; state: unknown } {
    const instant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
    return {
      window: { start: instant(this.startMs), end: instant(this.endMs) },
      state: JSON.parse(this.state) as unknown,
    };
  }
}
