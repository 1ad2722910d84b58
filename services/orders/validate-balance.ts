import type { Order } from '@brokerage/domain/orders/order';
import type { Refusal } from '@brokerage/domain/orders/refusal';
import { hasEnded } from '@brokerage/domain/orders/status';
import { refuseStale, validateForExecution } from '@brokerage/domain/orders/validate-for-execution';
import { executionFacts, type FactTools } from './execution-facts.ts';
import type { AccountFacts, FactsStore } from './facts-store.ts';
import type { OrderMessage } from './order-message.ts';
import { ended, type ToBlock, type ToEnd, type ToExecute, type ToRollBack, type ToSuspend } from './saga-state.ts';
import { needsExchange } from './sweep-schedule.ts';

export interface ValidationTools extends FactTools {
  readonly facts: FactsStore;
}

/**
 * Saga state ValidateBalance: reads all it needs in one call, judges a new order, and sends one that was on its way
 * before (a repeated message, a resumed order) on from where it stands.
 */
export async function validateBalance(
  tools: ValidationTools,
  message: OrderMessage,
): Promise<ToBlock | ToExecute | ToRollBack | ToSuspend | ToEnd> {
  const { order, ...account } = await tools.facts.read(message);
  if (order === null) throw new Error(`order ${message.orderId} does not exist`);
  if (hasEnded(order.status)) return ended(order);
  const carried = { order, position: order.side === 'SELL' ? account.position : null };
  if (order.exchangeState === 'UNSENT') {
    if (order.cancelRequested) return { ...carried, next: 'ROLLBACK' };
    return { ...carried, ...(await judge(tools, order, account)) };
  }
  if (order.status !== 'PENDING_NEW') {
    return needsExchange(order) ? { ...carried, next: 'SUSPEND', suspension: 'ASK' } : ended(order);
  }
  // It may be at the exchange already: what is not to be sent any more must first be taken back there.
  const isUnwanted = order.cancelRequested || refuseStale(order, { nowMs: tools.now(), calendar: tools.calendar });
  return isUnwanted ? { ...carried, next: 'SUSPEND', suspension: 'ASK' } : { ...carried, next: 'EXECUTE' };
}

async function judge(
  tools: ValidationTools,
  order: Order,
  account: AccountFacts,
): Promise<Pick<ToBlock, 'next' | 'reservation'> | Pick<ToRollBack, 'next' | 'rejection'>> {
  const verdict = validateForExecution(order, await executionFacts(tools, order, account));
  if (verdict.ok) return { next: 'BLOCK', reservation: verdict.reservation };
  return { next: 'ROLLBACK', rejection: { reason: verdict.refusal.code, text: factsText(verdict.refusal) } };
}

/** The facts behind a refusal in one line, for the client and for whoever looks into it. */
export function factsText({ code, facts }: Refusal): string {
  const pairs = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return pairs.length > 0 ? pairs.join(', ') : code;
}
