import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { STATES_ACCESS } from './access.ts';
import { describeStateMachine, listStateMachines } from './describe-state-machine.ts';
import { resumeExecutions, startExecution } from './start-execution.ts';
import { startSyncExecution } from './start-sync-execution.ts';
import { StartedExecutionStore } from './started-execution-store.ts';
import { stateMachineResource } from './state-machine.resource.ts';
import { StateMachines } from './state-machines.ts';
import type { StatesContext } from './states-context.ts';

/**
 * Step Functions, Express workflows in JSONPath.
 *
 * The SDK puts `sync-` before the host name of StartSyncExecution; a client on a name or address without such a sibling
 * sets `disableHostPrefix`.
 */
export function createStates(kernel: Kernel): Service {
  const context: StatesContext = {
    kernel,
    machines: new StateMachines(kernel),
    started: new StartedExecutionStore(kernel.store),
    stopping: new AbortController(),
  };
  return {
    name: 'states',
    protocol: { kind: 'aws-json', version: '1.0', target: 'AWSStepFunctions' },
    operations: {
      StartSyncExecution: (input) => startSyncExecution(context, input),
      StartExecution: (input) => startExecution(context, input),
      DescribeStateMachine: (input) => describeStateMachine(context, input),
      ListStateMachines: (input) => listStateMachines(context, input),
    },
    access: STATES_ACCESS,
    resources: { 'AWS::StepFunctions::StateMachine': stateMachineResource(context) },
    start: () => resumeExecutions(context),
    stop: () => context.stopping.abort(),
  };
}
