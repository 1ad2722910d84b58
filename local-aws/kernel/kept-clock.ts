import type { Kernel } from './kernel.ts';

/** A stack whose clock was stepped goes on from there after a restart, or its orders would lie in its future. */
export function keepClock(kernel: Kernel): void {
  kernel.store.define(
    'CREATE TABLE IF NOT EXISTS kernel_clock (id INTEGER PRIMARY KEY, offsetMs INTEGER NOT NULL) STRICT',
  );
  const kept = kernel.store.reader('SELECT offsetMs FROM kernel_clock').get();
  if (kept) kernel.clock.step(kernel.clock.nowMs() + Number(kept.offsetMs));
  const write = kernel.store.writer('INSERT OR REPLACE INTO kernel_clock VALUES (1, ?)');
  kernel.clock.onStep((reading) => {
    if (reading.kind === 'running') write.run(Math.ceil(reading.offsetMs));
  });
}
