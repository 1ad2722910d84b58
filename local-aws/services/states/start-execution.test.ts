import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestStack } from '../../testing/test-stack.ts';
import { createStates } from './states.service.ts';
import { defineMachine, lambdaOf, lambdaTask } from './testing/machine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'states-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const definition = {
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: 10, Next: 'Task' }, Task: lambdaTask({ End: true }) },
};

it('answers at once, runs on, and runs again after a restart that cut it short', async () => {
  const path = join(folder, 'stack.sqlite');
  const events: unknown[] = [];
  const start = () => startTestStack([lambdaOf((event) => events.push(event)), createStates], { path });

  const first = await start();
  const stateMachineArn = defineMachine(first.kernel, definition);
  const client = new SFNClient(first.clientConfig);
  const started = await client.send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{"a":1}' }));
  expect(started.executionArn).toMatch(/:express:Saga:one:/);
  expect(started.startDate?.getTime()).toBe(first.clock.nowMs());
  await first.close();

  const second = await start();
  await second.advance(10_000);
  expect(events).toEqual([{ a: 1 }]);
  await second.close();

  const third = await start();
  await third.advance(10_000);
  expect(events).toEqual([{ a: 1 }]);
  await third.close();
});
