import type { StateMachine as AslMachine } from 'aws-local-stepfunctions';
import type { Kernel } from '../../kernel/kernel.ts';
import { type AslRuntime, loadAslRuntime } from './asl-runtime.ts';
import { prepareDefinition } from './definition.ts';
import { type Task, taskFor } from './lambda-task.ts';
import { type StateMachineRow, StateMachineStore } from './state-machine-store.ts';
import { invalidArn, invalidDefinition, stateMachineDoesNotExist } from './states-error.ts';

/** A state machine ready to run: definition read, checked and its tasks bound, once for all executions. */
export interface StateMachine {
  readonly row: StateMachineRow;
  readonly arn: string;
  readonly asl: AslMachine;
  readonly timeoutSeconds: number;
  readonly tasks: ReadonlyMap<string, Task>;
}

const ARN = /^arn:aws:states:[\w-]+:\d{12}:stateMachine:[\w-]+$/;

export class StateMachines {
  readonly #kernel: Kernel;
  readonly #store: StateMachineStore;
  readonly #ready = new Map<string, StateMachine>();
  #runtime: AslRuntime | undefined;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#store = new StateMachineStore(kernel.store);
  }

  /** The library is loaded when the first machine needs it: it takes some 50 ms, and validating another 150. */
  get runtime(): AslRuntime {
    this.#runtime ??= loadAslRuntime(this.#kernel);
    return this.#runtime;
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
    const { definition, taskResources, timeoutSeconds } = prepareDefinition(row.definition);
    const tasks = new Map(
      [...taskResources].map(([name, uri]) => [name, taskFor(this.#kernel, uri, arn, row.roleArn)]),
    );
    try {
      return { row, arn, tasks, timeoutSeconds, asl: new this.runtime.StateMachine(definition) };
    } catch (cause) {
      throw Object.assign(invalidDefinition((cause as Error).message), { cause });
    }
  }
}
