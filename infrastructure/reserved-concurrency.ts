/**
 * Executions at once that are kept for a function, and beyond which it is throttled: what clients' orders and the reports about them need
 * is there whatever else runs, and a flood of one of these takes nothing from the rest. An account has 1,000 unless AWS gives it more, and
 * keeps 100 of them for functions without a reservation: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 *
 * Executions at once are those a second times the seconds one takes.
 */
export const RESERVED_CONCURRENCY: Readonly<Record<string, number>> = {
  // 8,000 orders a second at 50 ms: nearly the burst of a professional client.
  'orders/submit-order': 400,
  // Giving up an order must be possible in that burst too: 500 a second at 100 ms.
  'orders/cancel-order': 50,
  // As many as its queue's mapping runs at once: 10 batches of 10 orders, each a saga.
  'orders/process-orders': 10,
  // Those 100 sagas may all wait for the exchange, which answers late before it fails.
  'orders/execute-order': 100,
  // The other steps take some 20 ms of a saga's time; one that is throttled is tried again by the saga.
  'orders/validate-balance': 30,
  'orders/block-balance': 30,
  'orders/confirm-transaction': 30,
  'orders/rollback-balance': 30,
  'orders/suspend-order': 30,
  // Webhooks check a signature and pass on what came: 1,000 a second at 50 ms. Whose call is throttled calls again.
  'orders/receive-executions': 50,
  'market-data/publish-ticks': 50,
  'accounts/receive-bank-events': 50,
  // As many as the mappings of their queues run at once.
  'orders/apply-executions': 2,
  'orders/resolve-orders': 2,
};
