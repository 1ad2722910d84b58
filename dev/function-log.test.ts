import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogEntry } from 'local-aws/kernel/log';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFunctionLog } from './function-log.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'function-log-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function aLog() {
  const terminal: string[] = [];
  const { log, ready, close } = createFunctionLog(dataDir, { write: (line) => terminal.push(line) });
  const say = (message: string, level: LogEntry['level'] = 'info') =>
    log({ timeMs: 0, source: 'lambda/process-orders', level, message });
  const written = async () => {
    await close();
    const lines = readFileSync(join(dataDir, 'functions.log'), 'utf8').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line));
  };
  return { say, ready, written, terminal };
}

const FAILED = '{"level":"ERROR","message":"message failed","orderId":"ORD-1"}';

it('writes a JSON message as JSON, with its level, and other text as it is', async () => {
  const { say, written } = aLog();
  for (const message of [FAILED, '{"status":"200"}', "{ a: 'b' }", 'Task timed out']) say(message);
  const line = { time: '1970-01-01T00:00:00.000Z', source: 'lambda/process-orders', level: 'info' };
  expect(await written()).toEqual([
    { ...line, level: 'error', message: { level: 'ERROR', message: 'message failed', orderId: 'ORD-1' } },
    { ...line, message: { status: '200' } },
    { ...line, message: "{ a: 'b' }" },
    { ...line, message: 'Task timed out' },
  ]);
});

it("shows the stack's warnings and errors on the terminal, and a function's own once the stack is ready", async () => {
  const { say, ready, written, terminal } = aLog();
  say('the stack has something to say', 'warn');
  say(FAILED);
  expect(terminal).toEqual([expect.stringContaining('the stack has something to say')]);
  ready();
  say(FAILED);
  say('{"level":"INFO","message":"order accepted"}');
  expect(terminal.slice(1)).toEqual([expect.stringContaining('"level":"error"')]);
  expect(await written()).toHaveLength(4);
});
