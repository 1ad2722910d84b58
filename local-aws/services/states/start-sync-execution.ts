import { runExecution } from './execution.ts';
import { type ExecutionRequest, newExecution } from './execution-request.ts';
import type { StatesContext } from './states-context.ts';
import { validationException } from './states-error.ts';

/** Duration is billed by 100 ms, memory by 64 MB. Source: Step Functions pricing, Express workflows. */
const BILLED_STEP_MS = 100;
const BILLED_MEMORY_MB = 64;

/** Answers when the execution has ended, with 200 also when it failed: `status` tells. */
export async function startSyncExecution({ kernel, machines }: StatesContext, request: ExecutionRequest) {
  const machine = machines.get(request.stateMachineArn);
  const { includedData = 'ALL_DATA' } = request;
  if (includedData !== 'ALL_DATA' && includedData !== 'METADATA_ONLY') {
    throw validationException("Value at 'includedData' must satisfy enum value set: [ALL_DATA, METADATA_ONLY]");
  }
  const execution = newExecution(kernel, machine, request);
  const { output, ...outcome } = {
    output: undefined,
    ...(await runExecution(kernel, machine, execution)),
  };
  const stoppedAtMs = kernel.clock.nowMs();
  const billedSteps = Math.ceil((stoppedAtMs - execution.startedAtMs) / BILLED_STEP_MS);
  return {
    executionArn: execution.executionArn,
    stateMachineArn: machine.arn,
    name: execution.name,
    startDate: execution.startedAtMs / 1000,
    stopDate: stoppedAtMs / 1000,
    ...outcome,
    ...(includedData === 'ALL_DATA' ? { input: execution.input, output } : {}),
    inputDetails: { included: includedData === 'ALL_DATA' },
    outputDetails: { included: includedData === 'ALL_DATA' },
    ...(request.traceHeader === undefined ? {} : { traceHeader: request.traceHeader }),
    billingDetails: {
      billedMemoryUsedInMB: BILLED_MEMORY_MB,
      billedDurationInMilliseconds: Math.max(1, billedSteps) * BILLED_STEP_MS,
    },
  };
}
