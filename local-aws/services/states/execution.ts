import type { Kernel } from '../../kernel/kernel.ts';
import { Lifetime } from './language/lifetime.ts';
import { StateFailure } from './language/state-failure.ts';
import { type ExecutionContext, Walk } from './language/walk.ts';
import type { StateMachine } from './state-machines.ts';

export interface Execution {
  readonly executionArn: string;
  readonly name: string;
  /** JSON. */
  readonly input: string;
  /** What `input` says. */
  readonly data: unknown;
  readonly startedAtMs: number;
}

export type Outcome =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | { readonly status: 'FAILED' | 'TIMED_OUT'; readonly error?: string; readonly cause?: string };

/** Runs an execution to its end on the kernel's clock. Never rejects: every failure is an outcome. */
export async function runExecution(kernel: Kernel, machine: StateMachine, execution: Execution): Promise<Outcome> {
  const lifetime = new Lifetime(kernel.clock);
  const outcome = await new Promise<Outcome>((resolve) => {
    lifetime.setTimer(kernel.clock.nowMs() + machine.timeoutSeconds * 1000, () => {
      lifetime.end();
      resolve({ status: 'TIMED_OUT', error: 'States.Timeout' });
    });
    machine.workflow.run(execution.data, new Walk(contextOf(machine, execution), lifetime)).then(
      (output) => resolve({ status: 'SUCCEEDED', output: JSON.stringify(output) }),
      (thrown) => resolve(failureOf(kernel, thrown)),
    );
  });
  lifetime.end();
  report(kernel, machine, execution, outcome);
  return outcome;
}

function contextOf({ arn, row }: StateMachine, execution: Execution): ExecutionContext {
  return {
    Execution: {
      Id: execution.executionArn,
      Name: execution.name,
      RoleArn: row.roleArn,
      StartTime: new Date(execution.startedAtMs).toISOString(),
      Input: execution.data,
    },
    StateMachine: { Id: arn, Name: row.name },
  };
}

function failureOf(kernel: Kernel, thrown: unknown): Outcome {
  if (thrown instanceof StateFailure) {
    const { error, message: cause } = thrown;
    return { status: 'FAILED', ...(error === '' ? {} : { error }), ...(cause === '' ? {} : { cause }) };
  }
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/states', level: 'error', message });
  return { status: 'FAILED', error: 'States.Runtime', cause: String(thrown) };
}

/** What the machine's LoggingConfiguration asks for: failures at any level but OFF, successes at ALL. */
function report(kernel: Kernel, machine: StateMachine, execution: Execution, outcome: Outcome): void {
  const { level, includeExecutionData } = machine.row.logging;
  const succeeded = outcome.status === 'SUCCEEDED';
  if (level === 'OFF' || (succeeded && level !== 'ALL')) return;
  const { executionArn, input } = execution;
  const data = includeExecutionData ? { input, ...outcome } : { status: outcome.status };
  kernel.log({
    timeMs: kernel.clock.nowMs(),
    source: 'local-aws/states',
    level: succeeded ? 'info' : 'error',
    message: JSON.stringify({ executionArn, ...data }),
  });
}
