import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { callForeign } from './foreign-http.ts';

let server: TcpServer | null = null;
const sockets = new Set<Socket>();

async function open(opened: TcpServer): Promise<string> {
  server = opened;
  opened.on('connection', (socket: Socket) => sockets.add(socket));
  opened.listen(0, '127.0.0.1');
  await once(opened, 'listening');
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}`;
}
const listening = (listener: RequestListener): Promise<string> => open(createServer(listener));
/** Each request is answered with these bytes, as they are. */
const talking = (answer: string, then: (socket: Socket) => void = () => undefined): Promise<string> =>
  open(createTcpServer((socket) => socket.on('data', () => socket.write(answer, () => then(socket)))));

async function close(): Promise<void> {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((resolve) => (server?.listening ? server.close(resolve) : resolve(null)));
}

afterEach(close);
const ask = (url: string, timeoutMs = 5_000) =>
  callForeign({ method: 'POST', url, apiKey: 'key', body: { of: 'ours' }, timeoutMs });

describe('callForeign', () => {
  it('answers with status and body, and sends key and body in one piece', async () => {
    const sent: string[] = [];
    const url = await open(
      createTcpServer((socket) =>
        socket.on('data', (bytes) => {
          sent.push(String(bytes));
          socket.write('HTTP/1.1 201 Created\r\nContent-Length: 11\r\n\r\n{"is":"ok"}');
        }),
      ),
    );
    expect(await ask(`${url}/orders`)).toEqual({ kind: 'ANSWERED', status: 201, body: { is: 'ok' } });
    expect(sent).toHaveLength(1);
    const [head, body] = String(sent[0]).split('\r\n\r\n');
    expect(head?.split('\r\n')).toEqual(
      expect.arrayContaining(['POST /orders HTTP/1.1', 'authorization: Bearer key', 'content-type: application/json']),
    );
    expect(body).toBe('{"of":"ours"}');
  });

  it('keeps a connection for the next request', async () => {
    const url = await listening((_request, response) => response.end('{}'));
    for (let call = 0; call < 3; call += 1) expect(await ask(url)).toMatchObject({ kind: 'ANSWERED', body: {} });
    expect(sockets.size).toBe(1);
  });

  it.each([
    ['no JSON', 'Content-Length: 4\r\n\r\noops', 'oops'],
    ['an empty body', 'Content-Length: 0\r\n\r\n', ''],
    [
      'a body in pieces',
      'Transfer-Encoding: chunked\r\n\r\n4\r\n"a\u00e7\r\n3\r\n\u00e3"\r\n0\r\n\r\n',
      'a\u00e7\u00e3',
    ],
  ])('reads the whole of %s', async (_what, answer, body) => {
    const url = await talking(`HTTP/1.1 200 OK\r\n${answer}`);
    expect(await ask(url)).toEqual({ kind: 'ANSWERED', status: 200, body });
  });

  it('follows no redirection: that would be another request', async () => {
    const url = await talking('HTTP/1.1 307 Temporary Redirect\r\nLocation: /\r\nContent-Length: 0\r\n\r\n');
    expect(await ask(url)).toMatchObject({ kind: 'ANSWERED', status: 307 });
  });
});

describe('what was not sent', () => {
  it.each(['127.0.0.1', 'localhost'])('is known when nobody listens on %s', async (host) => {
    const url = await listening(() => undefined);
    await close();
    const answer = await ask(url.replace('127.0.0.1', host));
    expect(answer).toEqual({ kind: 'NOT_SENT', reason: expect.stringContaining('ECONNREFUSED') });
  });

  it('is known when time ran out before a connection came about', async () => {
    const url = await listening((_request, response) => response.end('{}'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answer = ask(url, 20);
    vi.advanceTimersByTime(20);
    vi.useRealTimers();
    expect(await answer).toEqual({ kind: 'NOT_SENT', reason: 'no answer within 20 ms' });
  });
});

describe('what may have been sent', () => {
  it.each<[string, () => Promise<string>]>([
    ['the connection broke', () => listening((request) => request.socket.destroy())],
    ['the connection was reset', () => listening((request) => request.socket.resetAndDestroy())],
    ['the answer is not HTTP', () => talking('SSH-2.0-OpenSSH_9.6\r\n')],
    [
      'the answer ends in its middle',
      () => talking('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"is"', (socket) => socket.end()),
    ],
    ['its chunks are wrong', () => talking('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')],
  ])('is unknown when %s', async (_when, prepare) => {
    expect(await ask(await prepare())).toMatchObject({ kind: 'UNKNOWN', timedOut: false });
  });

  it.each<[string, () => Promise<string>]>([
    ['there was no answer', () => listening(() => undefined)],
    ['its body did not end', () => talking('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"is"')],
  ])('is unknown when %s in time', async (_when, prepare) => {
    expect(await ask(await prepare(), 50)).toEqual({
      kind: 'UNKNOWN',
      reason: 'no answer within 50 ms',
      timedOut: true,
    });
  });

  it('is unknown, and not sent again, when a kept connection breaks under it', async () => {
    let requests = 0;
    const url = await listening((request, response) => {
      requests += 1;
      if (requests === 1) response.end('{}');
      else request.socket.destroy();
    });
    await ask(url);
    expect(await ask(url)).toMatchObject({ kind: 'UNKNOWN', timedOut: false });
    expect([requests, sockets.size]).toEqual([2, 1]);
  });

  it('is nothing of a request that finds its kept connection closed: it takes a new one', async () => {
    const url = await listening((_request, response) => response.end('{}'));
    await ask(url);
    const [kept] = sockets;
    kept?.end();
    await once(kept as Socket, 'close');
    expect(await ask(url)).toMatchObject({ kind: 'ANSWERED' });
    expect(sockets.size).toBe(2);
  });
});
