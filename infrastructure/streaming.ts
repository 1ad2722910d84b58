import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { type IWebSocketRouteAuthorizer, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { addFunction } from './add-function.ts';
import type { ApiLog } from './api-log.ts';
import { exemptStreamReader, followAudit } from './audit-follower.ts';
import { exempt, exemptWildcard } from './exempt.ts';
import { mayPostpone, mayReadInstruments, maySend } from './grants.ts';
import { WORKER_LIMIT } from './messaging.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shared } from './shared.ts';
import { physicalName } from './stage.ts';

/** The path of the stream's address; as `/stream?ticket=` on the laptop's port. */
const STAGE = 'stream';
/** The longest that API Gateway waits for a function: a replay of order events may take it. */
const MESSAGE_LIMIT = Duration.seconds(29);

/** The client stream: one WebSocket, opened by a ticket, on which prices and the client's own orders come. */
export class Streaming extends Construct {
  /** Functions behind routes of the REST API, by operation. */
  readonly operations: Readonly<Record<string, ServiceFunction>>;
  readonly #api: WebSocketApi;
  readonly #stage: WebSocketStage;

  constructor(scope: Construct, shared: Shared, log: ApiLog) {
    super(scope, 'Streaming');
    this.#api = new WebSocketApi(this, 'Api', {
      apiName: physicalName(this, 'brokerage-stream'),
      description: 'Prices and orders, as they happen',
      routeSelectionExpression: '$request.body.action',
    });
    this.#stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.#api,
      stageName: STAGE,
      autoDeploy: true,
      ...log.webSocketOptions,
    });
    log.precede(this.#stage);
    this.#addRoutes(shared);
    this.#pushOrders(shared);
    this.#pushWaitingOrders(shared);
    this.#pushPrices(shared);
    this.operations = { 'create-stream-ticket': this.#createTicket(shared) };
  }

  #createTicket(shared: Shared): ServiceFunction {
    const create = addFunction(this, shared, 'streaming/create-stream-ticket', ['STREAM_TICKETS_TABLE']);
    return create.allow(['dynamodb:PutItem'], shared.data.streamTickets.tableArn);
  }

  /** `$default` takes every message: its function reads the action, and answers what is none. */
  #addRoutes(shared: Shared): void {
    const { streamConnections } = shared.data;
    const connect = addFunction(this, shared, 'streaming/connect-stream', ['STREAM_CONNECTIONS_TABLE']);
    connect.allow(['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:DeleteItem'], streamConnections.tableArn);
    const disconnect = addFunction(this, shared, 'streaming/disconnect-stream', ['STREAM_CONNECTIONS_TABLE']);
    disconnect.allow(['dynamodb:DeleteItem'], streamConnections.tableArn);
    this.#addRoute('$connect', connect, this.#authorizer(shared));
    this.#addRoute('$disconnect', disconnect);
    this.#addRoute('$default', this.#handleMessage(shared));
  }

  #addRoute(routeKey: string, lambda: ServiceFunction, authorizer?: IWebSocketRouteAuthorizer): void {
    const integration = new WebSocketLambdaIntegration(`${lambda.node.id}Integration`, lambda);
    const route = this.#api.addRoute(routeKey, { integration, ...(authorizer ? { authorizer } : {}) });
    if (!authorizer)
      exempt(route, { APIG4: 'A WebSocket API authorizes a connection once, at $connect, by its ticket' });
  }

  #authorizer(shared: Shared): IWebSocketRouteAuthorizer {
    const authorize = addFunction(this, shared, 'streaming/authorize-stream', ['STREAM_TICKETS_TABLE']);
    authorize.allow(['dynamodb:GetItem', 'dynamodb:DeleteItem'], shared.data.streamTickets.tableArn);
    const identitySource = ['route.request.querystring.ticket'];
    return new WebSocketLambdaAuthorizer('Authorizer', authorize, { identitySource });
  }

  #handleMessage(shared: Shared): ServiceFunction {
    const { data } = shared;
    const variables = ['STREAM_CONNECTIONS_TABLE', 'AUDIT_TABLE', 'INSTRUMENTS_TABLE'] as const;
    const handle = addFunction(this, shared, 'streaming/handle-stream-message', variables, { timeout: MESSAGE_LIMIT });
    handle
      .allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], data.streamConnections.tableArn)
      .allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem'], data.audit.tableArn)
      .allow(['dynamodb:Query'], `${data.audit.tableArn}/index/byAccount`);
    return this.#mayPost(mayReadInstruments(shared, handle));
  }

  /** From the audit stream itself, without a window: somebody waits for each of these, and topic and queue would take a second more. */
  #pushOrders(shared: Shared): void {
    const { data, messaging } = shared;
    const push = this.#orderPusher(shared, 'streaming/push-orders');
    maySend(this.#mayPost(push), messaging.orderStream);
    followAudit(this, push, data.audit, {
      startingPosition: StartingPosition.LATEST,
      // One account's may all be in a batch, and a frame takes some 10 ms on AWS: who asks for a replay waits two seconds for what is under way.
      batchSize: 50,
      failures: messaging.orderStream.queue,
      late: {
        id: 'PushOrdersLateAlarm',
        name: 'PushOrders-late',
        description: 'Order events wait to be told to clients; see docs/operations.md.',
        after: Duration.minutes(1),
      },
    });
  }

  /** What a connection could not take when it happened, and what Lambda gave up. */
  #pushWaitingOrders(shared: Shared): void {
    const { data, messaging } = shared;
    const push = this.#orderPusher(shared, 'streaming/push-waiting-orders', ['AUDIT_TABLE']);
    push
      .allow(['dynamodb:BatchGetItem'], data.audit.tableArn)
      .allow(['dynamodb:GetShardIterator', 'dynamodb:GetRecords'], data.audit.tableStreamArn as string);
    maySend(mayPostpone(this.#mayPost(push, ['POST', 'DELETE']), messaging.orderStream), messaging.orderStream);
    messaging.orderStream.feed(push, { batchSize: 10, maxConcurrency: 2 });
  }

  #orderPusher(shared: Shared, entry: string, more: readonly 'AUDIT_TABLE'[] = []): ServiceFunction {
    const variables = ['STREAM_CONNECTIONS_TABLE', 'ORDER_STREAM_QUEUE_URL', ...more] as const;
    const push = addFunction(this, shared, entry, variables, { timeout: WORKER_LIMIT });
    return push.allow(
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      shared.data.streamConnections.tableArn,
    );
  }

  /** From the table and not from the ticks: all symbols in one batch, each written once, with its moving average. */
  #pushPrices(shared: Shared): void {
    const { streamConnections, stockPrices } = shared.data;
    const push = addFunction(this, shared, 'streaming/push-prices', ['STREAM_CONNECTIONS_TABLE'], {
      timeout: WORKER_LIMIT,
    });
    push.allow(['dynamodb:Scan', 'dynamodb:DeleteItem'], streamConnections.tableArn);
    this.#mayPost(push).addEventSource(
      new DynamoEventSource(stockPrices, {
        startingPosition: StartingPosition.LATEST,
        batchSize: 1000,
        bisectBatchOnError: true,
        // What cannot be sent is dropped, and not kept: a newer price follows.
        retryAttempts: 2,
        maxRecordAge: Duration.minutes(1),
      }),
    );
    exemptStreamReader(push);
  }

  /** Frames to the connections of this stage, or their end, and nothing else of its management. */
  #mayPost(lambda: ServiceFunction, methods: readonly ('POST' | 'DELETE')[] = ['POST']): ServiceFunction {
    lambda.addEnvironment('STREAM_ENDPOINT', this.#stage.callbackUrl);
    for (const method of methods) {
      const connections = Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.#api.apiId,
        resourceName: `${STAGE}/${method}/@connections/*`,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      });
      exemptWildcard(lambda, connections, 'A connection has its name only once it is open');
      lambda.allow(['execute-api:ManageConnections'], connections);
    }
    return lambda;
  }
}
