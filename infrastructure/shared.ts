import type { Data } from './data.ts';
import type { Encryption } from './encryption.ts';
import type { ForeignSystems } from './foreign-systems.ts';
import type { Logs } from './logs.ts';
import type { MarketStream } from './market-stream.ts';
import type { Messaging } from './messaging.ts';

/** What the capabilities build on. */
export interface Shared {
  readonly encryption: Encryption;
  readonly data: Data;
  readonly messaging: Messaging;
  readonly marketStream: MarketStream;
  readonly foreign: ForeignSystems;
  readonly logs: Logs;
  readonly variables: Variables;
}

/** Every environment variable that functions read, under the name they read it by. */
export function environmentVariables({
  encryption,
  data,
  messaging,
  marketStream,
  foreign,
}: Omit<Shared, 'logs' | 'variables'>) {
  return {
    ORDERS_TABLE: data.orders.tableName,
    ACCOUNTS_TABLE: data.accounts.tableName,
    LEDGER_TABLE: data.ledger.tableName,
    AUDIT_TABLE: data.audit.tableName,
    TRANSFERS_TABLE: data.transfers.tableName,
    API_KEYS_TABLE: data.apiKeys.tableName,
    CPF_HOLDERS_TABLE: data.cpfHolders.tableName,
    STAFF_ACTIONS_TABLE: data.staffActions.tableName,
    INSTRUMENTS_TABLE: data.instruments.tableName,
    OUTBOX_TABLE: data.outbox.tableName,
    ALERTS_TABLE: data.alerts.tableName,
    STREAM_TICKETS_TABLE: data.streamTickets.tableName,
    STREAM_CONNECTIONS_TABLE: data.streamConnections.tableName,
    STOCK_PRICES_TABLE: data.stockPrices.tableName,
    PRICE_BUCKETS_TABLE: data.priceBuckets.tableName,
    CANDLES_TABLE: data.candles.tableName,
    RECEIPTS_BUCKET: data.receipts.bucketName,
    AUDIT_ARCHIVE_BUCKET: data.auditArchive.bucketName,
    ORDERS_QUEUE_URL: messaging.orders.queue.queueUrl,
    IN_DOUBT_ORDERS_QUEUE_URL: messaging.inDoubtOrders.queue.queueUrl,
    EXECUTIONS_QUEUE_URL: messaging.executions.queue.queueUrl,
    BANK_EVENTS_QUEUE_URL: messaging.bankEvents.queue.queueUrl,
    PAYOUTS_QUEUE_URL: messaging.payouts.queue.queueUrl,
    NOTIFICATIONS_QUEUE_URL: messaging.notifications.queue.queueUrl,
    AUDIT_TRAIL_QUEUE_URL: messaging.auditTrail.queue.queueUrl,
    REPORTS_QUEUE_URL: messaging.reports.queue.queueUrl,
    ORDER_STREAM_QUEUE_URL: messaging.orderStream.queue.queueUrl,
    UNPUBLISHED_EVENTS_QUEUE_URL: messaging.unpublishedEvents.queue.queueUrl,
    ORDER_EVENTS_TOPIC_ARN: messaging.orderEvents.topicArn,
    EVENT_BUS_NAME: messaging.bus.eventBusName,
    MARKET_DATA_STREAM: marketStream.stream.streamName,
    EXCHANGE_URL: foreign.exchangeUrl,
    EXCHANGE_SECRET: foreign.exchangeSecret.secretName,
    BANK_URL: foreign.bankUrl,
    BANK_SECRET: foreign.bankSecret.secretName,
    PERSONAL_DATA_KEY: encryption.key.keyArn,
    CPF_INDEX_KEY: encryption.cpfIndexKey.keyArn,
    TRADING_CALENDAR: foreign.tradingCalendar,
  } as const;
}

export type Variables = ReturnType<typeof environmentVariables>;
