import { expect, it } from 'vitest';
import * as z from 'zod';
import { createLog } from './log.ts';

const CPF = '52998224725';

function lineOf(run: () => unknown): string {
  const lines: string[] = [];
  try {
    run();
  } catch (error) {
    createLog({ operation: 'receive' }, (line) => lines.push(line)).error(
      'failed',
      new Error('outside', { cause: error }),
    );
  }
  return lines.join();
}

it.each([
  ['text that is no JSON', () => JSON.parse(`x${CPF}`)],
  ['a key that a schema does not know', () => z.strictObject({}).parse({ [CPF]: 1 })],
  ['a value that a schema does not take', () => z.strictObject({ kind: z.enum(['A']) }).parse({ kind: CPF })],
])('tells of %s where it was met, and nothing of it', (_what, run) => {
  const line = lineOf(run);
  expect(line).toContain('log.test.ts');
  expect(line).not.toContain(CPF);
});

it('tells what a schema did not take, and where', () => {
  const { error } = JSON.parse(lineOf(() => z.object({ a: z.array(z.int()) }).parse({ a: [1, '2'] })));
  expect(error).toMatchObject({ name: 'Error', message: 'outside', cause: { issues: ['a.1: invalid_type'] } });
});
