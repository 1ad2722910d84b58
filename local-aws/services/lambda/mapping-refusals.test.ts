import { expect, it } from 'vitest';
import { startKinesisFixture } from './testing/kinesis-fixture.ts';

it.each([
  [{ TumblingWindowInSeconds: 10, ParallelizationFactor: 2 }, /Tumbling windows are not supported/],
  [{ TumblingWindowInSeconds: 901 }, /TumblingWindowInSeconds must be between 0 and 900/],
  [{ ParallelizationFactor: 11 }, /ParallelizationFactor must be between 1 and 10/],
  [{ MaximumRetryAttempts: 10_001 }, /MaximumRetryAttempts/],
  [{ MaximumRecordAgeInSeconds: 604_801 }, /MaximumRecordAgeInSeconds/],
  [{ MaximumBatchingWindowInSeconds: 301 }, /MaximumBatchingWindowInSeconds/],
  [{ BatchSize: 10_001 }, /BatchSize must be between 1 and 10000/],
  [{ StartingPosition: 'AT_TIMESTAMP' }, /StartingPosition AT_TIMESTAMP is not supported/],
  [{ StartingPosition: undefined }, /needs StartingPosition/],
  [{ EventSourceArn: 'arn:aws:kafka:sa-east-1:000000000000:cluster/c' }, /event source arn:aws:kafka/],
  [
    { EventSourceArn: { 'Fn::GetAtt': ['Failures', 'Arn'] }, TumblingWindowInSeconds: 10 },
    /Tumbling windows are not supported/,
  ],
])('refuses a mapping with %j', async (mapping, message) => {
  await expect(startKinesisFixture(mapping)).rejects.toThrow(message);
});
