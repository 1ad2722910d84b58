import type { OrderChange } from '@brokerage/domain/orders/order-change';
import type { Position } from '@brokerage/domain/positions/position';
import { toAuditItem } from '../platform/audit-item.ts';
import { NEW_ENTRY, toLedgerItem } from '../platform/ledger-item.ts';
import type { TransactAction } from '../platform/transaction.ts';
import { balanceAction, positionAction } from './books.ts';
import { toFillItem, toOrderItem } from './order-item.ts';

/** Names of the tables that one change of an order writes to. */
export interface OrderTables {
  readonly orders: string;
  readonly accounts: string;
  readonly ledger: string;
  readonly audit: string;
}

/** What an action's failed condition means for the change. */
type OnRefusal = 'VERSION_CONFLICT' | 'GUARD_FAILED' | 'POSITION_MOVED';

interface Planned {
  readonly action: TransactAction;
  readonly onRefusal: OnRefusal;
}

export interface OrderTransaction {
  readonly actions: readonly TransactAction[];
  /** By index of the action. */
  readonly onRefusal: readonly OnRefusal[];
}

/**
 * One change as one transaction: the order under the condition on its version, its audit event, the client's balance and
 * position, entries and fills. `position` is what a sale's costs are computed from.
 */
export function orderTransaction(
  tables: OrderTables,
  change: OrderChange,
  position: Position | null,
): OrderTransaction {
  const absent = { expression: 'attribute_not_exists(orderId)' };
  const isGuarded = change.guard !== null;
  const planned: readonly (Planned | null)[] = [
    { action: orderAction(tables.orders, change), onRefusal: 'VERSION_CONFLICT' },
    plan(put(tables.audit, toAuditItem(change.event), absent), 'VERSION_CONFLICT'),
    plan(balanceAction(tables.accounts, change), 'GUARD_FAILED'),
    plan(positionAction(tables.accounts, change, position), isGuarded ? 'GUARD_FAILED' : 'POSITION_MOVED'),
    ...change.fills.map((fill) => plan(put(tables.orders, toFillItem(fill), absent), 'VERSION_CONFLICT')),
    ...change.entries.map((entry) => plan(put(tables.ledger, toLedgerItem(entry), NEW_ENTRY), 'VERSION_CONFLICT')),
  ];
  const used = planned.filter((entry) => entry !== null);
  return { actions: used.map(({ action }) => action), onRefusal: used.map(({ onRefusal }) => onRefusal) };
}

function orderAction(table: string, { order }: OrderChange): TransactAction {
  const former = order.version - 1;
  const condition =
    former === 0
      ? { expression: 'attribute_not_exists(orderId)' }
      : { expression: 'version = :former', values: { ':former': former } };
  return put(table, toOrderItem(order), condition);
}

function put(table: string, item: object, condition: { readonly expression: string }): TransactAction {
  return { kind: 'PUT', table, item, condition };
}

function plan(action: TransactAction | null, onRefusal: OnRefusal): Planned | null {
  return action && { action, onRefusal };
}
