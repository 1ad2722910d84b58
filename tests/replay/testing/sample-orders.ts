import type { OrderView } from '@brokerage/contracts/rest/orders';

/** An order as the API shows it: 10 TEST4F bought at 7.80, open. */
export function anOrderView(change: Partial<OrderView> = {}): OrderView {
  return {
    orderId: 'ORD-1',
    clientOrderId: '1001',
    accountId: 'replay',
    symbol: 'TEST4F',
    side: 'BUY',
    type: 'LIMIT',
    timeInForce: 'DAY',
    expireDate: null,
    quantity: 10,
    limitPrice: '7.80',
    stopPrice: null,
    reservePrice: '7.80',
    blockedAmount: '78.00',
    status: 'NEW',
    filledQuantity: 0,
    remainingQuantity: 10,
    bustedQuantity: 0,
    averagePrice: null,
    rejectReason: null,
    rejectText: null,
    cancelReason: null,
    cancelRequested: false,
    waitingFor: null,
    triggeredAt: null,
    tradeDate: '2024-03-04',
    amendments: [],
    fees: null,
    createdAt: '2024-03-04T13:00:00.000Z',
    updatedAt: '2024-03-04T13:00:00.000Z',
    correlationId: 'c',
    fills: [],
    ...change,
  };
}

export function aFill(executionId: string, quantity: number, price: string): OrderView['fills'][number] {
  return {
    executionId,
    quantity,
    price,
    time: '2024-03-04T13:00:00.000Z',
    grossAmount: '78.00',
    fees: '0.00',
    netAmount: '78.00',
    settlementDate: '2024-03-06',
  };
}
