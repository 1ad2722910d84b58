import { expect, it } from 'vitest';
import { failedItems } from './batch-response.ts';

const IDS = new Set(['1', '2']);

it.each([
  ['null', []],
  ['{}', []],
  ['{"batchItemFailures":[]}', []],
  ['{"batchItemFailures":null}', []],
  ['{"batchItemFailures":[{"itemIdentifier":"2"}]}', ['2']],
  ['', 'all'],
  ['"done"', 'all'],
  ['{"batchItemFailures":"1"}', 'all'],
  ['{"batchItemFailures":[{"itemIdentifier":""}]}', 'all'],
  ['{"batchItemFailures":[{"itemIdentifier":null}]}', 'all'],
  ['{"batchItemFailures":[{"id":"1"}]}', 'all'],
  ['{"batchItemFailures":[{"itemIdentifier":"3"}]}', 'all'],
  ['{"failures":[]}', 'all'],
])('%s fails %j', (payload, failed) => {
  expect(failedItems(payload, IDS)).toEqual(failed);
});
