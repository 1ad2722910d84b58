import { expect, it } from 'vitest';
import { noFaults } from '../services/dynamodb/faults.ts';
import { setFaults } from './fault-control.ts';

it('sets what is named and leaves the rest', () => {
  const faults = noFaults();
  expect(setFaults(faults, { throttlingProbability: 0.25 })).toBe(true);
  expect(faults).toEqual({ transactionConflictProbability: 0, throttlingProbability: 0.25 });
});

it.each<unknown>([
  undefined,
  null,
  [],
  'all',
  { throttlingProbability: 2 },
  { throttlingProbability: '1' },
  { throttlingProbability: 0.5, toString: 1 },
  { throttlingProbability: 0.5, unknownFault: 1 },
])('refuses %j and sets nothing', (body) => {
  const faults = noFaults();
  expect(setFaults(faults, body)).toBe(false);
  expect(faults).toEqual(noFaults());
});
