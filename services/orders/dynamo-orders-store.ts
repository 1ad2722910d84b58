import type { OrderId } from '@brokerage/domain/identifiers';
import type { OrderChange } from '@brokerage/domain/orders/order-change';
import type { Position } from '@brokerage/domain/positions/position';
import { positionItem } from '../platform/account-item.ts';
import { requestToken } from '../platform/identity.ts';
import type { Tables } from '../platform/tables.ts';
import { needsPosition } from './books.ts';
import { createOrderReads } from './dynamo-order-reads.ts';
import { type OrderTables, orderTransaction } from './order-transaction.ts';
import type { AcceptResult, CommitResult, KeptAnswer, OrdersStore, RequestKey } from './orders-store.ts';

/** Two sales of one ISIN at once collide on its costs; more than a few times in a row they do not. */
const MAX_POSITION_ATTEMPTS = 8;

export function createOrdersStore(tables: Tables, names: OrderTables): OrdersStore {
  return {
    ...createOrderReads(tables, names.orders),
    accept: (change, key, body) => accept(tables, names, change, key, body),
    commit: (change, step, position) => commit(tables, names, change, step, position ?? null),
  };
}

function requestKey({ accountId, key }: Pick<RequestKey, 'accountId' | 'key'>) {
  return { orderId: `KEY#${accountId}#${key}`, item: 'KEY' };
}

async function accept(
  tables: Tables,
  names: OrderTables,
  change: OrderChange,
  key: RequestKey,
  body: string,
): Promise<AcceptResult> {
  const { inputHash, expiresAtMs } = key;
  const { orderId } = change.order;
  // `expiresAt` is the table's time to live, in seconds.
  const expiry = expiresAtMs === null ? {} : { expiresAt: Math.floor(expiresAtMs / 1000) };
  const keyItem = { ...requestKey(key), inputHash, acceptedOrderId: orderId, body, ...expiry };
  const { actions } = orderTransaction(names, change, null);
  const keyAction = {
    kind: 'PUT',
    table: names.orders,
    item: keyItem,
    condition: { expression: 'attribute_not_exists(orderId)' },
  } as const;
  const outcome = await tables.transact([keyAction, ...actions], requestToken(orderId, 'accept', 1));
  if (outcome.kind === 'WRITTEN') return { kind: 'ACCEPTED' };
  const kept = await tables.get<KeptAnswer & { readonly acceptedOrderId: OrderId }>(names.orders, requestKey(key));
  if (kept === null) throw new Error(`order ${orderId} could not be accepted, though its key is free`);
  return {
    kind: 'KEY_USED',
    answer: { inputHash: kept.inputHash, orderId: kept.acceptedOrderId, body: kept.body },
  };
}

async function commit(
  tables: Tables,
  names: OrderTables,
  change: OrderChange,
  step: string,
  known: Position | null,
): Promise<CommitResult> {
  const { orderId, version, accountId, isin } = change.order;
  const readPosition = () => tables.get<Position>(names.accounts, { accountId, item: positionItem(isin) });
  let position = needsPosition(change) ? (known ?? (await readPosition())) : null;
  for (let attempt = 1; attempt <= MAX_POSITION_ATTEMPTS; attempt += 1) {
    const { actions, onRefusal } = orderTransaction(names, change, position);
    const outcome = await tables.transact(actions, requestToken(orderId, step, version, attempt));
    if (outcome.kind === 'WRITTEN') return 'COMMITTED';
    if (outcome.kind === 'REPEATED') return 'VERSION_CONFLICT';
    const refusals = outcome.failedActions.map((index) => onRefusal[index]);
    // A change decided on an old version says nothing about the guard: it is decided anew first.
    if (refusals.includes('VERSION_CONFLICT')) return 'VERSION_CONFLICT';
    if (refusals.includes('GUARD_FAILED')) return 'GUARD_FAILED';
    position = await readPosition();
  }
  throw new Error(`position of ${orderId} moved ${MAX_POSITION_ATTEMPTS} times in a row during ${step}`);
}
