import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { sendByHttp } from './signed-post.ts';

let server: Server;

async function listening(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const post = (url: string) => sendByHttp({ url, headers: { 'x-signature': 'signed' }, body: '{"reports":["ação"]}' });

it('delivers headers and body and answers the status, whatever the answer says', async () => {
  const received: unknown[] = [];
  const url = await listening(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    received.push([request.method, request.url, request.headers['x-signature'], body]);
    response.writeHead(503).end('later');
  });
  expect([await post(url), await post(url)]).toEqual([503, 503]);
  expect(received).toEqual(Array(2).fill(['POST', '/webhooks', 'signed', '{"reports":["ação"]}']));
});

it('follows no redirection: what was told to another is not received', async () => {
  const url = await listening((_request, response) => response.writeHead(307, { location: '/elsewhere' }).end());
  expect(await post(url)).toBe(307);
});

it.each<[string, RequestListener]>([
  ['the connection breaks', (request) => request.socket.destroy()],
  [
    'the answer ends in its middle',
    (_request, response) => {
      response.writeHead(200, { 'content-length': 9 }).write('half', () => response.destroy());
    },
  ],
])('rejects when %s', async (_when, listener) => {
  await expect(post(await listening(listener))).rejects.toThrow();
});

it('rejects when nobody listens', async () => {
  const url = await listening(() => undefined);
  server.close();
  await expect(post(url)).rejects.toThrow('ECONNREFUSED');
});
