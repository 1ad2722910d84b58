import type { Principal } from './principal.ts';

/** Counts calls by service, operation and caller: what the cost model and the tests of least privilege read. */
export class Meter {
  readonly #counts = new Map<string, MeteredCall>();

  count(service: string, operation: string, principal: Principal): void {
    const caller = callerOf(principal);
    const key = `${service}.${operation}<${caller.kind}:${caller.name}`;
    const call = this.#counts.get(key);
    if (call) call.calls += 1;
    else this.#counts.set(key, { service, operation, callerKind: caller.kind, caller: caller.name, calls: 1 });
  }

  /** Calls since the start or the last reset. */
  read(): readonly Readonly<MeteredCall>[] {
    return [...this.#counts.values()];
  }

  reset(): void {
    this.#counts.clear();
  }
}

export interface MeteredCall {
  readonly service: string;
  readonly operation: string;
  /** `function`: an SDK call in a function's code; `service`: a poll or delivery a service makes; `administrator`: from outside. */
  readonly callerKind: Principal['kind'];
  readonly caller: string;
  calls: number;
}

function callerOf(principal: Principal): { kind: Principal['kind']; name: string } {
  switch (principal.kind) {
    case 'administrator':
      return { kind: principal.kind, name: principal.accessKeyId };
    case 'function':
      return { kind: principal.kind, name: principal.functionName };
    case 'service':
      return { kind: principal.kind, name: principal.service };
  }
}
