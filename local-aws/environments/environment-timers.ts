import type { WorkerPorts } from './environment.ts';

/** `setTimeout` and its family, on the kernel's clock: the kernel keeps the instants, the environment the callbacks. */
export class EnvironmentTimers {
  readonly #environmentId: number;
  readonly #ports: WorkerPorts;
  readonly #pending = new Map<number, () => void>();
  /** Those that were told to keep no process alive. */
  readonly #unreferenced = new Set<number>();
  #nextId = 1;

  constructor(environmentId: number, ports: WorkerPorts) {
    this.#environmentId = environmentId;
    this.#ports = ports;
  }

  /** How many a handler may be waiting for. A library's housekeeping, which keeps no process alive, is nothing that it waits for. */
  get awaited(): number {
    return this.#pending.size - this.#unreferenced.size;
  }

  set(callback: () => void, delayMs: number, repeat: boolean): TimerHandle {
    const timerId = this.#nextId++;
    const periodMs = Math.max(1, Number.isFinite(delayMs) ? delayMs : 1);
    const arm = (): void => {
      this.#pending.set(timerId, () => {
        if (repeat) arm();
        callback();
      });
      const atMs = this.#ports.nowMs() + periodMs;
      this.#ports.post({ kind: 'setTimer', environmentId: this.#environmentId, timerId, atMs });
    };
    arm();
    return new TimerHandle(timerId, (isReferenced) => this.#reference(timerId, isReferenced));
  }

  clear(handle: unknown): void {
    const timerId = handle instanceof TimerHandle ? handle.id : Number(handle);
    if (!this.#pending.delete(timerId)) return;
    this.#unreferenced.delete(timerId);
    this.#ports.post({ kind: 'clearTimer', environmentId: this.#environmentId, timerId });
  }

  fire(timerId: number): void {
    const action = this.#pending.get(timerId);
    this.#pending.delete(timerId);
    action?.();
    if (!this.#pending.has(timerId)) this.#unreferenced.delete(timerId);
  }

  clearAll(): void {
    for (const timerId of [...this.#pending.keys()]) this.clear(timerId);
  }

  #reference(timerId: number, isReferenced: boolean): void {
    if (isReferenced) this.#unreferenced.delete(timerId);
    else if (this.#pending.has(timerId)) this.#unreferenced.add(timerId);
  }
}

/** What `setTimeout` returns: enough of Node's `Timeout` for libraries. */
export class TimerHandle {
  readonly id: number;
  readonly #reference: (isReferenced: boolean) => void;
  #isReferenced = true;

  constructor(id: number, reference: (isReferenced: boolean) => void) {
    this.id = id;
    this.#reference = reference;
  }

  ref(): this {
    return this.#setReferenced(true);
  }

  unref(): this {
    return this.#setReferenced(false);
  }

  hasRef(): boolean {
    return this.#isReferenced;
  }

  [Symbol.toPrimitive](): number {
    return this.id;
  }

  #setReferenced(isReferenced: boolean): this {
    this.#isReferenced = isReferenced;
    this.#reference(isReferenced);
    return this;
  }
}
