import type { RunOptions } from 'aws-local-stepfunctions';
import type { Kernel } from '../../kernel/kernel.ts';
import type { AslRuntime } from './asl-runtime.ts';
import type { StateMachine } from './state-machines.ts';
import { TaskFailure } from './states-error.ts';

export interface Execution {
  readonly executionArn: string;
  readonly name: string;
  /** JSON. */
  readonly input: string;
  readonly startedAtMs: number;
}

export type Outcome =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | { readonly status: 'FAILED' | 'TIMED_OUT'; readonly error: string; readonly cause?: string };

/** Runs an execution to its end on the kernel's clock. Never rejects: every failure is an outcome. */
export async function runExecution(
  kernel: Kernel,
  runtime: AslRuntime,
  machine: StateMachine,
  execution: Execution,
): Promise<Outcome> {
  const tasks = new ExecutionTasks(machine);
  const run = machine.asl.run(JSON.parse(execution.input), {
    context: contextOf(machine, execution),
    overrides: { taskResourceLocalHandlers: tasks.byState },
  });
  const deadline = kernel.clock.setTimer(kernel.clock.nowMs() + machine.timeoutSeconds * 1000, () => {
    tasks.end();
    run.abort();
  });
  const outcome = await run.result.then(
    (output): Outcome => ({ status: 'SUCCEEDED', output: JSON.stringify(output) }),
    (error) => failureOf(kernel, runtime, error),
  );
  deadline.cancel();
  report(kernel, machine, execution, outcome);
  return outcome;
}

type Handlers = NonNullable<NonNullable<RunOptions['overrides']>['taskResourceLocalHandlers']>;

/** The tasks of one execution. Once it is aborted none is started: the library cuts its waits short and retries at once. */
class ExecutionTasks {
  readonly byState: Handlers = {};
  #ended = false;

  constructor(machine: StateMachine) {
    for (const [name, task] of machine.tasks) {
      this.byState[name] = ((input: unknown) => {
        if (this.#ended) throw new TaskFailure('States.Timeout', 'the execution has ended', { terminal: true });
        return task(input);
      }) as Handlers[string];
    }
  }

  end(): void {
    this.#ended = true;
  }
}

function contextOf(machine: StateMachine, execution: Execution): NonNullable<RunOptions['context']> {
  return {
    Execution: { Id: execution.executionArn, Name: execution.name, RoleArn: machine.row.roleArn },
    StateMachine: { Id: machine.arn, Name: machine.row.name },
  };
}

function failureOf(kernel: Kernel, runtime: AslRuntime, thrown: unknown): Outcome {
  if (thrown instanceof runtime.ExecutionAbortedError) return { status: 'TIMED_OUT', error: 'States.Timeout' };
  const error = thrown instanceof runtime.ExecutionError ? thrown.cause : thrown;
  // The library's own errors and a task's say whether they can be retried; anything else is a fault within it.
  if (error instanceof Error && 'isRetryable' in error) {
    return { status: 'FAILED', error: error.name, ...(error.message === '' ? {} : { cause: error.message }) };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/states', level: 'error', message });
  return { status: 'FAILED', error: 'States.Runtime', cause: String(error) };
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
