import type { Principal } from './principal.ts';

/**
 * Counts calls by service, operation and caller: what the cost model and the tests of least privilege read. Keeps how far behind its stream
 * each function is, too.
 */
export class Meter {
  readonly #counts = new Map<string, MeteredCall>();
  readonly #iteratorAges = new Map<string, IteratorAge>();

  count(service: string, operation: string, principal: Principal): void {
    const caller = callerOf(principal);
    const key = `${service}.${operation}<${caller.kind}:${caller.name}`;
    const call = this.#counts.get(key);
    if (call) call.calls += 1;
    else this.#counts.set(key, { service, operation, callerKind: caller.kind, caller: caller.name, calls: 1 });
  }

  /** Lambda's metric IteratorAge: of the last record of a batch, in milliseconds, when the function is called with it. */
  sawIteratorAge(functionName: string, shardId: string, ageMs: number): void {
    const key = `${functionName} ${shardId}`;
    const seen = this.#iteratorAges.get(key);
    if (seen) {
      seen.lastMs = ageMs;
      seen.maxMs = Math.max(seen.maxMs, ageMs);
    } else {
      this.#iteratorAges.set(key, { functionName, shardId, lastMs: ageMs, maxMs: ageMs });
    }
  }

  /** By function and shard, since the start or the last reset. */
  readIteratorAges(): readonly Readonly<IteratorAge>[] {
    return [...this.#iteratorAges.values()];
  }

  /** Calls since the start or the last reset. */
  read(): readonly Readonly<MeteredCall>[] {
    return [...this.#counts.values()];
  }

  reset(): void {
    this.#counts.clear();
    this.#iteratorAges.clear();
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

export interface IteratorAge {
  readonly functionName: string;
  readonly shardId: string;
  lastMs: number;
  maxMs: number;
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
