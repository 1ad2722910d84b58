import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { callForeign } from './foreign-http.ts';

let server: Server | null = null;

async function listening(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(): Promise<void> {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  server = null;
}

afterEach(close);
const ask = (url: string, timeoutMs = 5_000) =>
  callForeign({ method: 'POST', url, apiKey: 'key', body: {}, timeoutMs });

describe('callForeign', () => {
  it('answers with status and body, and shows its key', async () => {
    const url = await listening((request, response) => {
      response.writeHead(201).end(JSON.stringify({ shown: request.headers.authorization }));
    });
    expect(await ask(url)).toEqual({ kind: 'ANSWERED', status: 201, body: { shown: 'Bearer key' } });
  });

  it('knows that nothing was sent when nobody listens', async () => {
    const url = await listening(() => undefined);
    await close();
    expect((await ask(url)).kind).toBe('NOT_SENT');
  });

  it('does not know what became of a request whose connection broke', async () => {
    const url = await listening((request) => request.socket.destroy());
    expect(await ask(url)).toMatchObject({ kind: 'UNKNOWN', timedOut: false });
  });

  it('does not know what became of a request that was never answered', async () => {
    const url = await listening(() => undefined);
    expect(await ask(url, 20)).toEqual({ kind: 'UNKNOWN', reason: 'no answer within 20 ms', timedOut: true });
  });
});
