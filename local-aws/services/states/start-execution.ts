import { runExecution } from './execution.ts';
import { type ExecutionRequest, newExecution } from './execution-request.ts';
import type { StartedExecution } from './started-execution-store.ts';
import type { StatesContext } from './states-context.ts';

/** Starts an execution and answers at once. It is kept until it ends, so that a restart runs it again. */
export function startExecution(context: StatesContext, request: ExecutionRequest) {
  const machine = context.machines.get(request.stateMachineArn);
  const execution = { ...newExecution(context.kernel, machine, request), machineName: machine.row.name };
  context.started.put(execution);
  void runToEnd(context, execution);
  return { executionArn: execution.executionArn, startDate: execution.startedAtMs / 1000 };
}

/** Runs again what a stop or a crash cut short. */
export function resumeExecutions(context: StatesContext): void {
  for (const execution of context.started.all()) void runToEnd(context, execution);
}

async function runToEnd({ kernel, machines, started, stopping }: StatesContext, execution: StartedExecution) {
  // The tasks count as activity one by one; a Wait in between must not, or the clock would never be stepped past it.
  await runExecution(kernel, machines.get(machines.arnOf(execution.machineName)), execution);
  if (!stopping.signal.aborted) started.remove(execution.executionArn);
}
