import type { Kernel } from '../../kernel/kernel.ts';
import type { StartedExecutionStore } from './started-execution-store.ts';
import type { StateMachines } from './state-machines.ts';

/** What the operations of Step Functions work on. */
export interface StatesContext {
  readonly kernel: Kernel;
  readonly machines: StateMachines;
  readonly started: StartedExecutionStore;
  /** Aborted when the stack stops: what ends later is left to the next start. */
  readonly stopping: AbortController;
}
