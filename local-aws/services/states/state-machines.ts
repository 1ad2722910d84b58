import type { Kernel } from '../../kernel/kernel.ts';
import { compileDefinition, type Definition } from './definition.ts';
import { taskFor } from './lambda-task.ts';
import { type StateMachineRow, StateMachineStore } from './state-machine-store.ts';
import { invalidArn, stateMachineDoesNotExist } from './states-error.ts';

/** A state machine ready to run: definition compiled and its tasks bound, once for all executions. */
export interface StateMachine extends Definition {
  readonly row: StateMachineRow;
  readonly arn: string;
}

const ARN = /^arn:aws:states:[\w-]+:\d{12}:stateMachine:[\w-]+$/;

export class StateMachines {
  readonly #kernel: Kernel;
  readonly #store: StateMachineStore;
  readonly #ready = new Map<string, StateMachine>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#store = new StateMachineStore(kernel.store);
  }

  /**
   * Creates or updates; the time of creation stays the first one.
   * @throws AwsError InvalidDefinition, or NotSupportedByLocalAws; nothing is kept then
   */
  put(given: StateMachineRow): StateMachine {
    const row = { ...given, createdAtMs: this.#store.get(given.name)?.createdAtMs ?? given.createdAtMs };
    const machine = this.#prepare(row);
    this.#store.put(row);
    this.#ready.set(machine.arn, machine);
    return machine;
  }

  /** @throws AwsError InvalidArn, StateMachineDoesNotExist */
  get(arn: unknown): StateMachine {
    const ready = this.#ready.get(arn as string);
    if (ready) return ready;
    if (typeof arn !== 'string' || !ARN.test(arn)) throw invalidArn(arn);
    const row = this.#store.get(arn.slice(arn.lastIndexOf(':') + 1));
    if (!row || this.arnOf(row.name) !== arn) throw stateMachineDoesNotExist(arn);
    const machine = this.#prepare(row);
    this.#ready.set(arn, machine);
    return machine;
  }

  rows(): readonly StateMachineRow[] {
    return this.#store.all();
  }

  arnOf(name: string): string {
    return this.#kernel.arn('states', `stateMachine:${name}`);
  }

  #prepare(row: StateMachineRow): StateMachine {
    const arn = this.arnOf(row.name);
    const definition = compileDefinition(row.definition, {
      random: this.#kernel.random,
      taskFor: (resource, parameters) =>
        taskFor(this.#kernel, { resource, parameters, stateMachineArn: arn, roleArn: row.roleArn }),
    });
    return { ...definition, row, arn };
  }
}
