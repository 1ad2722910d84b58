import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { addFunction } from './add-function.ts';
import { mayUseExchange } from './grants.ts';
import { WORKER_LIMIT } from './messaging.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shared } from './shared.ts';

/** Fewer writes, where nobody waits for each tick. */
const GATHERED = { batchSize: 1_000, batchingWindow: Duration.seconds(1) };

/** What the exchange says of its markets: into the stream, and from it the prices, averages and candles that clients read. */
export class MarketData extends Construct {
  readonly operations: Readonly<Record<string, ServiceFunction>>;

  constructor(scope: Construct, shared: Shared) {
    super(scope, 'MarketDataServices');
    this.#updatePrices(shared);
    this.#updateCandles(shared);
    this.#averagePrices(shared);
    this.operations = { 'publish-ticks': this.#publishTicks(shared), ...this.#views(shared) };
  }

  #publishTicks(shared: Shared): ServiceFunction {
    const publish = addFunction(this, shared, 'market-data/publish-ticks', ['EXCHANGE_SECRET', 'MARKET_DATA_STREAM']);
    return mayUseExchange(shared, publish.allow(['kinesis:PutRecords'], shared.marketStream.stream.streamArn));
  }

  /** No window: the client stream waits for these writes. */
  #updatePrices(shared: Shared): void {
    const update = addFunction(this, shared, 'market-data/update-prices', ['STOCK_PRICES_TABLE'], {
      timeout: WORKER_LIMIT,
    });
    update.allow(['dynamodb:UpdateItem'], shared.data.stockPrices.tableArn);
    shared.marketStream.feed(update, { batchSize: 500 });
  }

  #updateCandles(shared: Shared): void {
    const update = addFunction(this, shared, 'market-data/update-candles', ['CANDLES_TABLE'], {
      timeout: WORKER_LIMIT,
    });
    update.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], shared.data.candles.tableArn);
    shared.marketStream.feed(update, GATHERED);
  }

  #averagePrices(shared: Shared): void {
    const { stockPrices, priceBuckets } = shared.data;
    const variables = ['STOCK_PRICES_TABLE', 'PRICE_BUCKETS_TABLE'] as const;
    const average = addFunction(this, shared, 'market-data/average-prices', variables, { timeout: WORKER_LIMIT });
    average
      .allow(['dynamodb:UpdateItem'], stockPrices.tableArn)
      .allow(['dynamodb:Query', 'dynamodb:PutItem'], priceBuckets.tableArn);
    shared.marketStream.feed(average, { ...GATHERED, tumblingWindow: Duration.seconds(10) });
  }

  #views(shared: Shared): Record<string, ServiceFunction> {
    const { stockPrices, candles } = shared.data;
    return {
      'list-prices': addFunction(this, shared, 'market-data/list-prices', ['STOCK_PRICES_TABLE']).allow(
        ['dynamodb:Scan'],
        stockPrices.tableArn,
      ),
      'get-price': addFunction(this, shared, 'market-data/get-price', ['STOCK_PRICES_TABLE']).allow(
        ['dynamodb:GetItem'],
        stockPrices.tableArn,
      ),
      'list-candles': addFunction(this, shared, 'market-data/list-candles', ['STOCK_PRICES_TABLE', 'CANDLES_TABLE'])
        .allow(['dynamodb:Query'], candles.tableArn)
        .allow(['dynamodb:GetItem'], stockPrices.tableArn),
    };
  }
}
