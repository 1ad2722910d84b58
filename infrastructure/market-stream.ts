import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { EventSourceMapping, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { exempt, exemptWildcard } from './exempt.ts';
import { failuresTo } from './failure-destination.ts';
import { FirstAlarm } from './first-alarm.ts';
import type { ServiceFunction } from './service-function.ts';
import { KEEP, physicalName } from './stage.ts';

/** Each takes 1,000 ticks a second; the brokerage must take 2,000, unevenly spread over symbols. */
const SHARDS = 4;
/** A price of an hour ago is of no use to anyone. */
const MAX_TICK_AGE = Duration.hours(1);
const RETRIES = 5;

export interface MarketFeedOptions {
  readonly batchSize: number;
  /** Gathers ticks this long: fewer writes, where nobody waits for each tick. */
  readonly batchingWindow?: Duration;
  readonly tumblingWindow?: Duration;
}

/** The stream of ticks, by symbol, and the queue for records that a consumer could not take. */
export class MarketStream extends Construct {
  readonly stream: Stream;
  readonly #failures: DeadLetterQueue;

  constructor(scope: Construct) {
    super(scope, 'MarketStream');
    this.stream = new Stream(this, 'MarketData', {
      streamName: physicalName(this, 'MarketData'),
      streamMode: StreamMode.PROVISIONED,
      shardCount: SHARDS,
      // Prices are public: by AWS's own key, which costs nothing and needs no grant.
      encryption: StreamEncryption.MANAGED,
      removalPolicy: KEEP,
    });
    this.#failures = new DeadLetterQueue(this, 'Failures', { name: 'MarketDataFailures', of: 'MarketData' });
    exempt(this.#failures, { SQS3: 'It is where the mappings over the stream put aside what failed' });
  }

  /** Feeds a function, which reports the records of a batch that failed: each is tried by itself, then put aside, and its shard goes on. */
  feed(worker: ServiceFunction, options: MarketFeedOptions): void {
    const { batchSize, batchingWindow, tumblingWindow } = options;
    new EventSourceMapping(worker, 'MarketDataFeed', {
      target: worker as IFunction,
      eventSourceArn: this.stream.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: RETRIES,
      maxRecordAge: MAX_TICK_AGE,
      onFailure: failuresTo(this.#failures),
      ...(batchingWindow ? { maxBatchingWindow: batchingWindow } : {}),
      ...(tumblingWindow ? { tumblingWindow } : {}),
    });
    worker.allow(['kinesis:ListStreams'], '*').allow(
      ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards'].map(
        (action) => `kinesis:${action}`,
      ),
      this.stream.streamArn,
    );
    exemptWildcard(worker, '*', 'IAM knows no resource for kinesis:ListStreams, which Lambda’s poller needs');
    new FirstAlarm(worker, 'MarketDataLateAlarm', {
      name: `${worker.node.id}-late`,
      description: 'Ticks wait to be worked on; see docs/operations.md.',
      metric: worker.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: Duration.minutes(1) }),
      tolerated: Duration.minutes(1).toMilliseconds(),
    });
  }
}
