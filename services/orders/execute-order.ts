import type { ExchangeGateway } from './exchange-gateway.ts';
import { fromWire } from './execution-report.ts';
import type { ToConfirm, ToExecute, ToRollBack, ToSuspend } from './saga-state.ts';
import { toNewOrder } from './wire-order.ts';

/** Saga state ExecuteOrder: sends the order under its id. Sending it twice is harmless: the exchange answers a ClOrdID once. */
export async function executeOrder(
  exchange: ExchangeGateway,
  { order, position }: ToExecute,
): Promise<ToConfirm | ToRollBack | ToSuspend> {
  const result = await exchange.sendOrder(toNewOrder(order));
  const carried = { order, position };
  if (result.kind === 'unavailable') return { ...carried, next: 'SUSPEND', suspension: 'PARK' };
  if (result.kind === 'unknown') return { ...carried, next: 'SUSPEND', suspension: 'ASK' };
  const reports = result.answer.executions.map(fromWire);
  return { ...carried, next: result.answer.ordStatus === 'REJECTED' ? 'ROLLBACK' : 'CONFIRM', reports };
}
