import type { Lifetime } from './lifetime.ts';

/** What the context object says of the whole execution. */
export interface ExecutionContext {
  readonly Execution: {
    readonly Id: string;
    readonly Name: string;
    readonly RoleArn: string;
    /** ISO 8601. */
    readonly StartTime: string;
    readonly Input: unknown;
  };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
}

export interface MapItem {
  readonly Index: number;
  readonly Value: unknown;
}

/** One way through the states of an execution: its own, or that of a branch within. */
export class Walk {
  readonly execution: ExecutionContext;
  readonly lifetime: Lifetime;
  readonly #item: MapItem | undefined;
  #stateName = '';
  #enteredAtMs = 0;
  #retries = 0;

  constructor(execution: ExecutionContext, lifetime: Lifetime, item?: MapItem) {
    this.execution = execution;
    this.lifetime = lifetime;
    this.#item = item;
  }

  enter(stateName: string): void {
    this.#stateName = stateName;
    this.#enteredAtMs = this.lifetime.clock.nowMs();
    this.#retries = 0;
  }

  /** The state it is in is about to run again. */
  retry(): void {
    this.#retries += 1;
  }

  /** The walk of a branch, or of a Map's iteration over `item`. It is in this one's state until it enters its own first. */
  branch(lifetime: Lifetime, item = this.#item): Walk {
    const branch = new Walk(this.execution, lifetime, item);
    branch.#stateName = this.#stateName;
    branch.#enteredAtMs = this.#enteredAtMs;
    branch.#retries = this.#retries;
    return branch;
  }

  /** What `$$` reads. */
  context(): Readonly<Record<string, unknown>> {
    return {
      ...this.execution,
      State: {
        EnteredTime: new Date(this.#enteredAtMs).toISOString(),
        Name: this.#stateName,
        RetryCount: this.#retries,
      },
      ...(this.#item === undefined ? {} : { Map: { Item: this.#item } }),
    };
  }
}
