import { orderSagaDefinition, type SagaTask } from '@brokerage/contracts/order-saga';
import { blockBalance } from '../block-balance.ts';
import { confirmTransaction } from '../confirm-transaction.ts';
import { executeOrder } from '../execute-order.ts';
import type { OrderMessage } from '../order-message.ts';
import { rollbackBalance } from '../rollback-balance.ts';
import type { ToBlock, ToConfirm, ToEnd, ToExecute, ToRollBack, ToSuspend } from '../saga-state.ts';
import { suspendOrder } from '../suspend-order.ts';
import { type ValidationTools, validateBalance } from '../validate-balance.ts';

type SagaTools = ValidationTools &
  Parameters<typeof confirmTransaction>[0] &
  Parameters<typeof suspendOrder>[0] & { readonly exchange: Parameters<typeof executeOrder>[0] };

interface State {
  readonly Type: string;
  readonly Parameters?: { readonly FunctionName: string };
  readonly Choices?: readonly { readonly StringEquals: string; readonly Next: string }[];
  readonly Default?: string;
  readonly Next?: string;
}

/** Walks the state machine's own definition, passing JSON from state to state as Step Functions does. */
export async function runSaga(tools: SagaTools, message: OrderMessage): Promise<ToEnd> {
  const functions: Record<SagaTask, (input: never) => Promise<unknown>> = {
    ValidateBalance: (input: OrderMessage) => validateBalance(tools, input),
    BlockBalance: (input: ToBlock) => blockBalance(tools, input),
    ExecuteOrder: (input: ToExecute) => executeOrder(tools.exchange, input),
    ConfirmTransaction: (input: ToConfirm) => confirmTransaction(tools, input),
    RollbackBalance: (input: ToRollBack) => rollbackBalance(tools, input),
    SuspendOrder: (input: ToSuspend) => suspendOrder(tools, input),
  };
  const names = Object.fromEntries(Object.keys(functions).map((name) => [name, name]));
  const { StartAt, States } = orderSagaDefinition(names as Record<SagaTask, string>);
  const states = States as Readonly<Record<string, State>>;
  let data: unknown = message;
  for (let name: string | undefined = StartAt; name !== undefined; ) {
    const state: State | undefined = states[name];
    if (!state) throw new Error(`there is no state ${name}`);
    if (state.Type === 'Task') {
      const task = functions[state.Parameters?.FunctionName as SagaTask];
      data = JSON.parse(JSON.stringify(await task(data as never)));
      name = state.Next;
    } else {
      const { next } = data as { readonly next?: string };
      name = state.Choices?.find((choice) => choice.StringEquals === next)?.Next ?? state.Default;
    }
  }
  return data as ToEnd;
}
