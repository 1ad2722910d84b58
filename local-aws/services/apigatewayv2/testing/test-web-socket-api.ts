import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { type ClientOptions, WebSocket } from 'ws';
import { Kernel } from '../../../kernel/kernel.ts';
import type { LogEntry } from '../../../kernel/log.ts';
import { seededRandom } from '../../../kernel/random.ts';
import type { AppliedResource } from '../../../kernel/service.ts';
import { SimulatedClock } from '../../../kernel/simulated-clock.ts';
import { createApiServer } from '../../../server/api-server.ts';
import { startAwsServer } from '../../../server/aws-server.ts';
import { advanceTo } from '../../../server/stack-control.ts';
import { TEST_START_MS } from '../../../testing/test-stack.ts';
import { createApigateway } from '../../apigateway/apigateway.service.ts';
import { invocationUri, scriptedLambda, type TestApi } from '../../apigateway/testing/test-api.ts';
import { createApigatewayV2, type WebSocketGateway } from '../apigatewayv2.service.ts';

type Properties = Readonly<Record<string, unknown>>;

/** One WebSocket API behind the real listeners, with scripted functions and a clock that only the test moves. */
export interface TestWebSocketApi extends Pick<TestApi, 'kernel' | 'clock' | 'invocations' | 'functions' | 'logged'> {
  readonly id: string;
  /** `ws://…/stream`. */
  readonly url: string;
  /** Of the AWS API. */
  readonly awsUrl: string;
  readonly management: ApiGatewayManagementApiClient;
  add(type: string, logicalId: string, properties: Properties): AppliedResource;
  /** Declares a route to the scripted function of that name, and its integration. */
  route(key: string, functionName: string, properties?: Properties): string;
  /** Declares the `$connect` authorizer, by the query parameter `ticket`. */
  authorizer(): string;
  /** Declares the stage and puts everything declared into service. */
  start(stage?: Properties): void;
  /** Opens a client; rejects with a `Refused` when the handshake is refused. */
  connect(query?: string, options?: ClientOptions & { protocols?: string[] }): Promise<TestClient>;
  advance(ms: number): Promise<void>;
  /** Resolves once a function of this name has been asked so often. */
  invoked(functionName: string, times?: number): Promise<void>;
  close(): Promise<void>;
}

export class Refused extends Error {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
  constructor(status: number, body: string, headers: IncomingMessage['headers']) {
    super(`${status} ${body}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** A client's socket, its messages kept from the first on. */
export interface TestClient {
  readonly socket: WebSocket;
  /** Next message as text, waiting for it. */
  next(): Promise<string>;
  closed: Promise<{ code: number; reason: string }>;
}

export async function startTestWebSocketApi(options: { path?: string } = {}): Promise<TestWebSocketApi> {
  const logged: LogEntry[] = [];
  const clock = new SimulatedClock(TEST_START_MS);
  const kernel = new Kernel({
    path: options.path ?? ':memory:',
    clock,
    random: seededRandom(7),
    log: (entry) => logged.push(entry),
  });
  const gateway = createApigatewayV2(kernel);
  const calls = new CallCounter();
  const functions: TestApi['functions'] = {};
  kernel.register(createApigateway(kernel));
  kernel.register(gateway);
  kernel.register(
    scriptedLambda(calls.invocations, (name) => {
      calls.wake();
      return functions[name];
    }),
  );
  const clients = await createApiServer(kernel, { port: 0 });
  const aws = await startAwsServer(kernel, { port: 0 });
  const awsUrl = `http://127.0.0.1:${aws.port}`;
  const url = `ws://127.0.0.1:${clients.port}/stream`;
  const declare = declarations(gateway);
  const management = new ApiGatewayManagementApiClient({
    endpoint: `${awsUrl}/stream`,
    region: kernel.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    kernel,
    clock,
    logged,
    invocations: calls.invocations,
    functions,
    url,
    awsUrl,
    management,
    ...declare,
    start: (stage = {}) => {
      declare.add('Stage', 'Stage', { ApiId: declare.id, StageName: 'stream', AutoDeploy: true, ...stage });
      kernel.start();
    },
    connect: (query = '', clientOptions = {}) => connect(`${url}${query}`, clientOptions),
    advance: (ms) => advanceTo(kernel, clock.nowMs() + ms),
    invoked: (functionName, times = 1) => calls.reached(functionName, times),
    close: async () => {
      management.destroy();
      await clients.close();
      await aws.close();
      await kernel.stop();
    },
  };
}

class CallCounter {
  readonly invocations: TestApi['invocations'] = [];
  #waiters: (() => void)[] = [];

  wake(): void {
    for (const check of [...this.#waiters]) check();
  }

  reached(functionName: string, times: number): Promise<void> {
    const isReached = (): boolean =>
      this.invocations.filter((invocation) => invocation.functionName === functionName).length >= times;
    return new Promise((resolve) => {
      const check = (): void => {
        if (!isReached()) return;
        this.#waiters = this.#waiters.filter((waiter) => waiter !== check);
        resolve();
      };
      this.#waiters.push(check);
      check();
    });
  }
}

function declarations(gateway: WebSocketGateway): Pick<TestWebSocketApi, 'id' | 'add' | 'route' | 'authorizer'> {
  const add: TestWebSocketApi['add'] = (type, logicalId, properties) => {
    const resourceType = gateway.resources?.[`AWS::ApiGatewayV2::${type}`];
    if (!resourceType) throw new Error(`no resource type ${type}`);
    return resourceType.apply({ logicalId, type: `AWS::ApiGatewayV2::${type}`, properties });
  };
  const { ref: id } = add('Api', 'Api', {
    Name: 'Stream',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
  return {
    id,
    add,
    route: (key, functionName, properties = {}) => {
      const integration = add('Integration', `${key}Integration`, {
        ApiId: id,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: invocationUri(functionName),
      });
      const Target = `integrations/${integration.ref}`;
      return add('Route', `${key}Route`, { ApiId: id, RouteKey: key, AuthorizationType: 'NONE', Target, ...properties })
        .ref;
    },
    authorizer: () =>
      add('Authorizer', 'Authorizer', {
        ApiId: id,
        AuthorizerType: 'REQUEST',
        AuthorizerUri: invocationUri('authorizer'),
        IdentitySource: ['route.request.querystring.ticket'],
        Name: 'Tickets',
      }).ref,
  };
}

async function connect(url: string, options: ClientOptions & { protocols?: string[] }): Promise<TestClient> {
  const { protocols = [], ...clientOptions } = options;
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false, ...clientOptions });
  const messages: string[] = [];
  const waiting: ((message: string) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const waiter = waiting.shift();
    if (waiter) waiter(data.toString());
    else messages.push(data.toString());
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => {
      readRefusal(response).then(reject, reject);
    });
  });
  // A connection that the server ends in the middle also closes, which is what tests look at.
  socket.on('error', () => {});
  return {
    socket,
    closed,
    next: async () => messages.shift() ?? new Promise((resolve) => waiting.push(resolve)),
  };
}

async function readRefusal(response: IncomingMessage): Promise<Refused> {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(response, 'end');
  return new Refused(response.statusCode ?? 0, Buffer.concat(chunks).toString(), response.headers);
}
