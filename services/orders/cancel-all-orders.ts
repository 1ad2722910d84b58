import type { AccountId } from '@brokerage/domain/identifiers';
import type { Order } from '@brokerage/domain/orders/order';
import { hasEnded } from '@brokerage/domain/orders/status';
import { type ApiAnswer, answer } from '../platform/api-answer.ts';
import { cancelKnownOrder } from './cancel-order.ts';
import type { RequestTools } from './request-tools.ts';

const PAGE = 100;
/** The newest this many orders of the account are looked through. */
const MAX_PAGES = 20;
/** Cancels under way at once, so that one client's button does not take all of the exchange's attention. */
const AT_ONCE = 10;

/** Asks for every open order of an account to be cancelled. Answers which were asked for and which could not be. */
export async function cancelAllOrders(
  tools: RequestTools,
  accountId: AccountId,
  correlationId: string,
): Promise<ApiAnswer<{ requested: string[]; refused: string[] }>> {
  const open = await openOrders(tools, accountId);
  const requested: string[] = [];
  const refused: string[] = [];
  for (let start = 0; start < open.length; start += AT_ONCE) {
    const group = open.slice(start, start + AT_ONCE);
    const answers = await Promise.all(group.map((order) => cancelKnownOrder(tools, order, correlationId)));
    for (const [index, given] of answers.entries()) (given.ok ? requested : refused).push(group[index]!.orderId);
  }
  return answer({ requested, refused });
}

async function openOrders({ store }: RequestTools, accountId: AccountId): Promise<readonly Order[]> {
  const open: Order[] = [];
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const list = await store.list(accountId, {}, PAGE, after);
    open.push(...list.orders.filter(({ status }) => !hasEnded(status)));
    if (list.next === null) break;
    after = list.next;
  }
  return open;
}
