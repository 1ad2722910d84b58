import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Kernel } from '../kernel/kernel.ts';
import type { LogEntry } from '../kernel/log.ts';
import { seededRandom } from '../kernel/random.ts';
import { SimulatedClock } from '../kernel/simulated-clock.ts';
import type { TransportRequest } from '../transport/transport.ts';
import { Environments, type InvocationResult } from './environments.ts';
import type { FunctionConfig } from './function-queue.ts';

const START_MS = Date.UTC(2026, 2, 2, 12);

/** What a bundle is: a CommonJS file that exports a handler. */
const BUNDLE = `
let invocations = 0;
const send = () => new Promise((resolve) => globalThis[Symbol.for('local-aws.transport')](
  { method: 'POST', path: '/', query: {}, headers: { 'x-amz-target': 'T.Get' }, body: '{}' }, resolve));
const ask = {
  fetch: async (url) => (await fetch(url)).text(),
  http: (url) => new Promise((resolve, reject) => require('node:http').get(url, async (response) => {
    let text = '';
    for await (const part of response) text += part;
    resolve(text);
  }).on('error', reject)),
};
const turns = async () => { for (let turn = 0; turn < 5_000; turn += 1) await new Promise((resolve) => setImmediate(resolve)); };
exports.handler = async (event, context) => {
  invocations += 1;
  switch (event.do) {
    case 'count': return invocations;
    case 'set': process.env.MARK = globalThis.mark = event.mark; return null;
    case 'get': return { variable: process.env.MARK ?? null, global: globalThis.mark ?? null };
    case 'chance': return [Math.random(), crypto.randomUUID(), require('node:crypto').randomBytes(4).toString('hex')];
    case 'time': return [Date.now(), new Date().toISOString(), context.getRemainingTimeInMillis()];
    case 'sleep': await new Promise((resolve) => setTimeout(resolve, event.ms)); return Date.now();
    case 'housekeep': setInterval(() => {}, 60_000).unref(); await turns(); return 'done';
    case 'limit': { const limit = setTimeout(() => {}, 60_000); await turns(); await send(); clearTimeout(limit); return 'done'; }
    case 'ask': { const limit = setTimeout(() => {}, 60_000); const text = await ask[event.by](event.url); clearTimeout(limit); return text; }
    case 'turn': await turns(); return 'turned';
    case 'abort': return new Promise((resolve) => AbortSignal.timeout(event.ms).addEventListener('abort', () => resolve('aborted')));
    case 'call': return (await send()).body;
    case 'throw': throw new TypeError('boom');
    case 'exit': process.exit(3);
    case 'reject': void Promise.reject(new Error('floating')); return new Promise(() => {});
    case 'hang': return new Promise(() => {});
    case 'spin': for (;;);
    case 'work': { let sum = 0; for (let i = 0; i < 2e7; i += 1) sum += i % 7; return sum; }
    case 'load': return require(event.module);
    case 'bytes': return Buffer.from('a') instanceof Uint8Array && new TextEncoder().encode('a') instanceof Uint8Array;
  }
};
`;

let folder: string;
let clock: SimulatedClock;
let kernel: Kernel;
let environments: Environments;
let logged: LogEntry[];
/** Calls are answered once so many have been made. */
let callsToAnswer: number;
let calls: { request: TransportRequest; caller: string; running: number }[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'environments-'));
  writeFileSync(join(folder, 'index.js'), BUNDLE);
  writeFileSync(join(folder, 'broken.js'), 'throw new SyntaxError("does not load")');
  writeFileSync(join(folder, 'empty.js'), 'exports.other = 1');
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  logged = [];
  calls = [];
  callsToAnswer = 1;
  const enough = Promise.withResolvers<void>();
  clock = new SimulatedClock(START_MS);
  kernel = new Kernel({ clock, random: seededRandom(7), log: (entry) => logged.push(entry) });
  environments = new Environments(
    kernel,
    async (request, principal) => {
      const caller = principal.kind === 'function' ? principal.functionName : principal.kind;
      calls.push({ request, caller, running: kernel.activity.running });
      if (calls.length >= callsToAnswer) enough.resolve();
      await enough.promise;
      return { status: 200, headers: {}, body: 'answer' };
    },
    1,
  );
});
afterEach(async () => {
  await environments.stop();
  await kernel.stop();
});

function aFunction(options: Partial<FunctionConfig> = {}): FunctionConfig {
  const functionName = options.functionName ?? 'first';
  return {
    functionName,
    functionArn: `arn:aws:lambda:sa-east-1:000000000000:function:${functionName}`,
    roleArn: `arn:aws:iam::000000000000:role/${functionName}`,
    codePath: join(folder, 'index.js'),
    handler: 'handler',
    memoryMb: 128,
    logGroupName: `/aws/lambda/${functionName}`,
    timeoutMs: 3_000,
    maxEnvironments: 1,
    variables: {},
    ...options,
  };
}

function invoke(config: FunctionConfig, event: object, isAwaited = false): Promise<InvocationResult> {
  return environments.invoke(config, {
    payload: JSON.stringify(event),
    requestId: kernel.random.uuid(),
    traceId: 'Root=1-0-0',
    isAwaited,
  });
}

async function answer(config: FunctionConfig, event: object): Promise<unknown> {
  const result = await invoke(config, event);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return JSON.parse(result.payload);
}

const connections = (server: Server): Promise<number> =>
  new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));

/** Waits until the handler has armed a timer, then steps to it. */
async function stepToTimer(atMs: number): Promise<void> {
  const deadline = performance.now() + 5_000;
  while ((clock.nextTimerMs() ?? Number.POSITIVE_INFINITY) > atMs) {
    if (performance.now() > deadline) throw new Error('no timer was armed');
    await new Promise((resolve) => setImmediate(resolve));
  }
  clock.step(atMs);
}

describe('an environment', () => {
  it('keeps its state from one event to the next and shares none with another function', async () => {
    const [first, second] = [aFunction(), aFunction({ functionName: 'second' })];
    await answer(first, { do: 'set', mark: 'mine' });
    expect(await answer(first, { do: 'get' })).toEqual({ variable: 'mine', global: 'mine' });
    expect(await answer(second, { do: 'get' })).toEqual({ variable: null, global: null });
    expect(await answer(first, { do: 'count' })).toBe(3);
  });

  it('handles one event at a time', async () => {
    const config = aFunction();
    const slow = answer(config, { do: 'sleep', ms: 100 });
    const next = answer(config, { do: 'time' });
    await stepToTimer(START_MS + 100);
    expect(await slow).toBe(START_MS + 100);
    expect((await next) as number[]).toEqual([START_MS + 100, '2026-03-02T12:00:00.100Z', 3_000]);
  });

  it('reads the kernel clock everywhere, AbortSignal.timeout too', async () => {
    const aborted = answer(aFunction(), { do: 'abort', ms: 250 });
    await stepToTimer(START_MS + 250);
    expect(await aborted).toBe('aborted');
  });

  it('counts as at work while only a library of its own keeps a timer', async () => {
    let result: unknown;
    void answer(aFunction(), { do: 'housekeep' }).then((given) => {
      result = given;
    });
    await kernel.activity.idle();
    expect(result).toBe('done');
  });

  it('is at work again when it asks, though it waited for what the kernel does not see', async () => {
    expect(await answer(aFunction(), { do: 'limit' })).toBe('done');
    expect(calls.map(({ running }) => running)).toEqual([1]);
  });

  it.each(['fetch', 'http'])(
    'asks the outside by %s once the disk has all before, and is at work until it hears',
    async (by) => {
      const asked = Promise.withResolvers<ServerResponse>();
      const server = createServer((_request, response) => asked.resolve(response)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const written = Promise.withResolvers<void>();
      const flushed = vi.spyOn(kernel.store, 'flushed').mockReturnValue(written.promise);
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const heard = answer(aFunction(), { do: 'ask', by, url });
      const other = aFunction({ functionName: 'other' });
      await answer(other, { do: 'turn' });
      expect([flushed.mock.calls.length, await connections(server)]).toEqual([1, 0]);
      written.resolve();
      const response = await asked.promise;
      await answer(other, { do: 'turn' });
      expect(kernel.activity.running).toBe(1);
      response.end('word');
      expect(await heard).toBe('word');
      server.closeAllConnections();
      server.close();
    },
  );

  it('is one of many while they wait for what takes its time', async () => {
    callsToAnswer = 4;
    const config = aFunction({ maxEnvironments: callsToAnswer });
    const invocations = Array.from({ length: callsToAnswer }, () => answer(config, { do: 'call' }));
    expect(await Promise.all(invocations)).toEqual(invocations.map(() => 'answer'));
  });

  it('draws the same chances from the same seed', async () => {
    const drawn = await answer(aFunction(), { do: 'chance' });
    const again = new Kernel({ clock: new SimulatedClock(START_MS), random: seededRandom(7) });
    const twin = new Environments(again, async () => ({ status: 200, headers: {}, body: '' }), 1);
    const result = await twin.invoke(aFunction(), {
      payload: '{"do":"chance"}',
      requestId: again.random.uuid(),
      traceId: 'Root=1-0-0',
      isAwaited: false,
    });
    expect(result.ok && JSON.parse(result.payload)).toEqual(drawn);
    await twin.stop();
    await again.stop();
  });

  it('sends SDK calls to the kernel as its own function', async () => {
    expect(await answer(aFunction(), { do: 'call' })).toBe('answer');
    expect(calls.map(({ caller, request }) => [caller, request.headers['x-amz-target']])).toEqual([['first', 'T.Get']]);
  });

  it('sees bytes of Node modules as its own Uint8Array', async () => {
    expect(await answer(aFunction(), { do: 'bytes' })).toBe(true);
  });

  it('works on what a client waits for before what comes from a queue', async () => {
    const patient = ['a', 'b', 'c', 'd'].map((functionName) => aFunction({ functionName }));
    const urgent = aFunction({ functionName: 'urgent' });
    await Promise.all([...patient, urgent].map((config) => answer(config, { do: 'count' })));
    const ended: string[] = [];
    const work = (config: FunctionConfig, isAwaited: boolean) =>
      invoke(config, { do: 'work' }, isAwaited).then(() => ended.push(config.functionName));
    await Promise.all([...patient.map((config) => work(config, false)), work(urgent, true)]);
    // The first may have begun before the others were there.
    expect(ended.indexOf('urgent')).toBeLessThan(2);
  });

  it('cannot load what reaches beyond it', async () => {
    const result = await invoke(aFunction(), { do: 'load', module: 'node:worker_threads' });
    expect(result).toMatchObject({ ok: false, error: { errorMessage: expect.stringContaining('not supported') } });
  });
});

describe('a handler that fails', () => {
  it.each([
    ['throw', { errorType: 'TypeError', errorMessage: 'boom' }],
    ['exit', { errorType: 'Runtime.ExitError' }],
    ['reject', { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'floating' }],
  ])('%s: is told so, and the next event is handled', async (failure, error) => {
    const config = aFunction();
    expect(await invoke(config, { do: failure })).toMatchObject({ ok: false, error });
    expect(await answer(config, { do: 'count' })).toBe(failure === 'throw' ? 2 : 1);
  });

  it('hang: ends at its timeout on the kernel clock, in a new environment afterwards', async () => {
    const config = aFunction();
    const hanging = invoke(config, { do: 'hang' });
    await stepToTimer(START_MS + 3_000);
    expect(await hanging).toMatchObject({ ok: false, error: { errorType: 'Sandbox.Timedout' } });
    expect(await answer(config, { do: 'count' })).toBe(1);
  });

  // A thread counts as stuck after two seconds by the machine's clock.
  it('spin: meets its timeout while others on its thread start again elsewhere', async () => {
    const spinning = invoke(aFunction({ timeoutMs: 500 }), { do: 'spin' });
    const neighbour = answer(aFunction({ functionName: 'second' }), { do: 'count' });
    expect(await neighbour).toBe(1);
    expect(await spinning).toMatchObject({ ok: false, error: { errorType: 'Sandbox.Timedout' } });
    expect(await answer(aFunction(), { do: 'count' })).toBe(1);
  });

  it.each([
    ['broken.js', 'handler', 'SyntaxError'],
    ['empty.js', 'handler', 'Runtime.HandlerNotFound'],
  ])('%s: a bundle that does not load fails each invocation', async (file, handler, errorType) => {
    const config = aFunction({ codePath: join(folder, file), handler });
    expect(await invoke(config, {})).toMatchObject({ ok: false, error: { errorType } });
    expect(await invoke(config, {})).toMatchObject({ ok: false, error: { errorType } });
  });

  it('is logged under its name', async () => {
    await invoke(aFunction(), { do: 'throw' });
    expect(logged.map(({ source, level }) => [source, level])).toEqual([['lambda/first', 'error']]);
  });
});
