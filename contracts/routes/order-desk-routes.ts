import { CancelAllAnswer, OrderPreview } from '../rest/order-preview.ts';
import { NewOrderRequest } from '../rest/orders.ts';
import { NoQuery } from '../rest/paging.ts';
import { NO_PATH, type Route, TRADER } from './route.ts';

export const ORDER_DESK_ROUTES = {
  previewOrder: {
    operation: 'preview-order',
    method: 'POST',
    path: '/v1/orders/preview',
    capability: 'orders',
    access: TRADER,
    body: NewOrderRequest,
    bodyModel: 'NewOrderRequest',
    query: NoQuery,
    pathParameters: NO_PATH,
    idempotencyKey: null,
    success: { status: 200, body: OrderPreview, view: 'OrderPreview' },
    summary: 'See what an order would cost and hold, without sending it',
    summaryPt: 'Simular custos e reserva de uma ordem',
  },
  cancelAllOrders: {
    operation: 'cancel-all-orders',
    method: 'DELETE',
    path: '/v1/orders',
    capability: 'orders',
    access: TRADER,
    body: null,
    bodyModel: null,
    query: NoQuery,
    pathParameters: NO_PATH,
    idempotencyKey: null,
    success: { status: 202, body: CancelAllAnswer, view: 'CancelAllAnswer' },
    summary: 'Ask for all open orders to be cancelled',
    summaryPt: 'Pedir o cancelamento de todas as ordens abertas',
  },
} as const satisfies Record<string, Route>;
