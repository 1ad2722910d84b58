import type { WorkerPorts } from './environment.ts';

/** `setTimeout` and its family, on the kernel's clock: the kernel keeps the instants, the environment the callbacks. */
export class EnvironmentTimers {
  readonly #environmentId: number;
  readonly #ports: WorkerPorts;
  readonly #pending = new Map<number, () => void>();
  #nextId = 1;

  constructor(environmentId: number, ports: WorkerPorts) {
    this.#environmentId = environmentId;
    this.#ports = ports;
  }

  get pending(): number {
    return this.#pending.size;
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
    return new TimerHandle(timerId, () => this.#pending.has(timerId));
  }

  clear(handle: unknown): void {
    const timerId = handle instanceof TimerHandle ? handle.id : Number(handle);
    if (!this.#pending.delete(timerId)) return;
    this.#ports.post({ kind: 'clearTimer', environmentId: this.#environmentId, timerId });
  }

  fire(timerId: number): void {
    const action = this.#pending.get(timerId);
    this.#pending.delete(timerId);
    action?.();
  }

  clearAll(): void {
    for (const timerId of [...this.#pending.keys()]) this.clear(timerId);
  }
}

/** What `setTimeout` returns: enough of Node's `Timeout` for libraries. */
export class TimerHandle {
  readonly id: number;
  readonly #isActive: () => boolean;

  constructor(id: number, isActive: () => boolean) {
    this.id = id;
    this.#isActive = isActive;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return this.#isActive();
  }

  [Symbol.toPrimitive](): number {
    return this.id;
  }
}
