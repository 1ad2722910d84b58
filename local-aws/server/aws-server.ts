import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { AwsError } from '../kernel/aws-error.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { WireRequest, WireResponse } from '../kernel/service.ts';
import { awsJson } from '../protocols/aws-json.ts';
import { createWireRouter, type WireRouter } from '../protocols/wire-router.ts';
import { type DynamoDbFaults, noFaults } from '../services/dynamodb/faults.ts';
import { createHttpServer } from './http-versions.ts';
import { administratorOf } from './request-identity.ts';
import { createStackControl } from './stack-control.ts';

/** Largest request body read: S3's single PUT of local objects is the widest. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export interface AwsServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface AwsServerOptions {
  readonly port: number;
  /** Addresses outside the stack that keep its time: `PUT {"nowMs":…}`, answered when they have followed. */
  readonly clockFollowers?: readonly string[];
  /** What `/_local/faults` sets; without it nothing listens there to what is set. */
  readonly faults?: DynamoDbFaults;
}

/** The AWS API on `AWS_PORT`: any SDK, the CLI or a tool speaks to it as to AWS. `/_local/…` is the stack's own control. */
export async function startAwsServer(kernel: Kernel, options: AwsServerOptions): Promise<AwsServer> {
  const router = createWireRouter(kernel);
  const control = createStackControl(kernel, options.clockFollowers ?? [], options.faults ?? noFaults());
  const server = createHttpServer((request, response) => {
    answer(kernel, router, control, request)
      .then((reply) => send(response, reply))
      .catch((error: unknown) => {
        kernel.log({
          timeMs: kernel.clock.nowMs(),
          source: 'local-aws/server',
          level: 'error',
          message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
        send(response, { status: 500, headers: {}, body: '{"__type":"InternalFailure"}' });
      });
  });
  await listen(server, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  kernel: Kernel,
  router: WireRouter,
  control: (request: WireRequest) => Promise<WireResponse>,
  incoming: IncomingMessage,
): Promise<WireResponse> {
  const request = await readRequest(incoming);
  if (request.path.startsWith('/_local/')) return control(request);
  try {
    const identity = administratorOf(request);
    const reply = await router(request, identity.principal, identity.service);
    await kernel.store.flushed();
    return reply;
  } catch (error) {
    if (error instanceof AwsError) return awsJson('1.0').encodeError(error, kernel.random.uuid());
    throw error;
  }
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new AwsError('RequestEntityTooLargeException', `over ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    body: Buffer.concat(chunks),
  };
}

function send(response: ServerResponse, reply: WireResponse): void {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  // The answer to HEAD states the length of a body that is not sent.
  const length = reply.headers['content-length'] ?? String(body.byteLength);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': length });
  response.end(body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve());
  });
}
