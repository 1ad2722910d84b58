import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestWebSocketApi, type TestClient, type TestWebSocketApi } from './testing/test-web-socket-api.ts';

const FRAME = 'x'.repeat(32 * 1024);

let api: TestWebSocketApi;

beforeEach(async () => {
  api = await startTestWebSocketApi();
  for (const name of ['default', 'disconnect']) {
    api.functions[name] = () => ({ statusCode: 200 });
    api.route(`$${name}`, name);
  }
  api.start();
});
afterEach(() => api.close());

function sendFrames({ socket }: TestClient, frames: readonly string[]): void {
  for (const [index, frame] of frames.entries()) socket.send(frame, { fin: index === frames.length - 1 });
}

test('128 KB in four frames of 32 KB is a message', async () => {
  sendFrames(await api.connect(), [FRAME, FRAME, FRAME, FRAME]);
  await api.invoked('default');
  expect(api.invocations[0]?.event.body).toHaveLength(131_072);
});

test.each<[string, readonly string[]]>([
  ['a frame over 32 KB', [`${FRAME}x`]],
  ['a frame of 200 KB', ['x'.repeat(200 * 1024)]],
  ['a message over 128 KB', [FRAME, FRAME, FRAME, FRAME, 'x']],
])('%s closes its connection with 1009, and no other', async (_what, frames) => {
  const client = await api.connect();
  const other = await api.connect();
  sendFrames(client, frames);
  expect(await client.closed).toMatchObject({ code: 1009 });
  await api.invoked('disconnect');
  expect(api.invocations.map(({ event }) => event.requestContext.disconnectStatusCode)).toEqual([1009]);
  other.socket.send(FRAME);
  await api.invoked('default');
});
