import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { mayUseExchange } from './grants.ts';
import { WORKER_LIMIT } from './messaging.ts';
import { ServiceFunction } from './service-function.ts';
import { pick, type Shared, type Variables } from './shared.ts';

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

  #function(
    shared: Shared,
    name: string,
    variables: readonly (keyof Variables)[],
    timeout?: Duration,
  ): ServiceFunction {
    return new ServiceFunction(this, {
      entry: `market-data/${name}`,
      environment: pick(shared.variables, variables),
      ...(timeout ? { timeout } : {}),
    });
  }

  #publishTicks(shared: Shared): ServiceFunction {
    const publish = this.#function(shared, 'publish-ticks', ['EXCHANGE_SECRET', 'MARKET_DATA_STREAM']);
    return mayUseExchange(shared, publish.allow(['kinesis:PutRecords'], shared.marketStream.stream.streamArn));
  }

  /** No window: the client stream waits for these writes. */
  #updatePrices(shared: Shared): void {
    const update = this.#function(shared, 'update-prices', ['STOCK_PRICES_TABLE'], WORKER_LIMIT);
    update.allow(['dynamodb:UpdateItem'], shared.data.stockPrices.tableArn);
    shared.marketStream.feed(update, { batchSize: 500 });
  }

  #updateCandles(shared: Shared): void {
    const update = this.#function(shared, 'update-candles', ['CANDLES_TABLE'], WORKER_LIMIT);
    update.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], shared.data.candles.tableArn);
    shared.marketStream.feed(update, GATHERED);
  }

  #averagePrices(shared: Shared): void {
    const { stockPrices, priceBuckets } = shared.data;
    const variables = ['STOCK_PRICES_TABLE', 'PRICE_BUCKETS_TABLE'] as const;
    const average = this.#function(shared, 'average-prices', variables, WORKER_LIMIT);
    average
      .allow(['dynamodb:UpdateItem'], stockPrices.tableArn)
      .allow(['dynamodb:Query', 'dynamodb:PutItem'], priceBuckets.tableArn);
    shared.marketStream.feed(average, { ...GATHERED, tumblingWindow: Duration.seconds(10) });
  }

  #views(shared: Shared): Record<string, ServiceFunction> {
    const { stockPrices, candles } = shared.data;
    return {
      'list-prices': this.#function(shared, 'list-prices', ['STOCK_PRICES_TABLE']).allow(
        ['dynamodb:Scan'],
        stockPrices.tableArn,
      ),
      'get-price': this.#function(shared, 'get-price', ['STOCK_PRICES_TABLE']).allow(
        ['dynamodb:GetItem'],
        stockPrices.tableArn,
      ),
      'list-candles': this.#function(shared, 'list-candles', ['STOCK_PRICES_TABLE', 'CANDLES_TABLE'])
        .allow(['dynamodb:Query'], candles.tableArn)
        .allow(['dynamodb:GetItem'], stockPrices.tableArn),
    };
  }
}
