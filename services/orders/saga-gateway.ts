import { type SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import type { RunSaga } from './process-orders.ts';
import type { ToEnd } from './saga-state.ts';

/** Waits for the saga's end, so that the message is still there if this function dies meanwhile. */
export function createSagaGateway(client: SFNClient, stateMachineArn: string): RunSaga {
  return async (message) => {
    const execution = await client.send(
      new StartSyncExecutionCommand({ stateMachineArn, input: JSON.stringify(message) }),
    );
    // The call answers 200 also for an execution that failed.
    if (execution.status !== 'SUCCEEDED') {
      throw new Error(`saga of ${message.orderId} ${execution.status}: ${execution.error} ${execution.cause}`);
    }
    return JSON.parse(execution.output ?? '{}') as ToEnd;
  };
}
