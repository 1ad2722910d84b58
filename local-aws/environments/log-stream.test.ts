import { expect, it } from 'vitest';
import { logStreamOf, ownLogGroupOf } from './log-stream.ts';

const STARTED_MS = Date.UTC(2026, 2, 2, 23, 59);

it('names a stream of a shared group after its function, as Lambda does', () => {
  const spec = { functionName: 'submit-order', logGroupName: '/brokerage/orders' };
  expect(logStreamOf(spec, STARTED_MS, 7)).toBe('2026/03/02/submit-order[$LATEST][7]');
});

it("names a stream of a function's own group by day, version and environment", () => {
  const spec = { functionName: 'submit-order', logGroupName: ownLogGroupOf('submit-order') };
  expect(logStreamOf(spec, STARTED_MS, 7)).toBe('2026/03/02/[$LATEST]7');
});
