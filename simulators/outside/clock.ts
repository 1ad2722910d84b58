/** What the simulators know of time. A simulation hands in its own; `simulators/main.ts` the machine's. */
export interface SimulatorClock {
  /** Now, epoch milliseconds. */
  nowMs(): number;
  /** Runs `task` once, `delayMs` from now. */
  after(delayMs: number, task: () => void): void;
  /** Makes `nowMs()` the machine's time plus this. */
  setOffset(offsetMs: number): void;
  offsetMs(): number;
}

/** The machine's clock, shifted. Delays are real: they pace work and are not shifted. Timers do not keep the process alive. */
export function machineClock(): SimulatorClock {
  let offsetMs = 0;
  return {
    nowMs: () => Date.now() + offsetMs,
    after: (delayMs, task) => {
      if (delayMs === 0) setImmediate(task);
      else setTimeout(task, delayMs).unref();
    },
    setOffset: (newOffsetMs) => {
      offsetMs = newOffsetMs;
    },
    offsetMs: () => offsetMs,
  };
}
