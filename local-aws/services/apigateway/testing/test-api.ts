import { Kernel } from '../../../kernel/kernel.ts';
import type { LogEntry } from '../../../kernel/log.ts';
import type { Principal } from '../../../kernel/principal.ts';
import { seededRandom } from '../../../kernel/random.ts';
import type { AppliedResource, Service } from '../../../kernel/service.ts';
import { SimulatedClock } from '../../../kernel/simulated-clock.ts';
import { type ApiServer, createApiServer } from '../../../server/api-server.ts';
import { type AwsServer, startAwsServer } from '../../../server/aws-server.ts';
import { TEST_START_MS } from '../../../testing/test-stack.ts';
import { createApigatewayV2 } from '../../apigatewayv2/apigatewayv2.service.ts';
import { type ApiGateway, createApigateway } from '../apigateway.service.ts';

type Properties = Readonly<Record<string, unknown>>;

/** What a scripted function does with an event: its answer, or `Failure`. */
type ScriptedFunction = (event: ProxyEvent) => unknown;

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever member of the event it is about
export type ProxyEvent = any;

/** Makes a scripted function fail as Lambda reports it. */
export class FunctionFailure extends Error {}

/** A function's answer as it is, not turned into JSON. */
export class RawPayload {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** One API behind the real listeners, with scripted functions and a clock that only the test moves. */
export interface TestApi {
  readonly kernel: Kernel;
  readonly clock: SimulatedClock;
  readonly gateway: ApiGateway;
  readonly id: string;
  /** Of the clients' listener. */
  readonly url: string;
  /** Of the AWS API. */
  readonly awsEndpoint: string;
  readonly logged: readonly LogEntry[];
  /** Everything Lambda was asked for: function name, event, caller. */
  readonly invocations: { readonly functionName: string; readonly event: ProxyEvent; readonly principal: Principal }[];
  functions: Record<string, ScriptedFunction>;
  add(type: string, logicalId: string, properties: Properties): AppliedResource;
  /** Declares a method, and the resources of its path; `properties` go over the defaults. */
  method(route: string, properties?: Properties): void;
  stage(properties?: Properties): void;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

interface TestApiOptions {
  readonly path?: string;
  readonly api?: Properties;
}

export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const logged: LogEntry[] = [];
  const clock = new SimulatedClock(TEST_START_MS);
  const kernel = new Kernel({
    path: options.path ?? ':memory:',
    clock,
    random: seededRandom(7),
    log: (entry) => logged.push(entry),
  });
  const gateway = createApigateway(kernel);
  const invocations: TestApi['invocations'] = [];
  const functions: Record<string, ScriptedFunction> = { orders: () => ({ statusCode: 200, body: 'ok' }) };
  kernel.register(gateway);
  kernel.register(createApigatewayV2(kernel));
  kernel.register(scriptedLambda(invocations, (name) => api.functions[name]));
  const servers = {
    clients: await createApiServer(kernel, { port: 0 }),
    aws: await startAwsServer(kernel, { port: 0 }),
  };
  const declare = declarations(gateway, options.api ?? {});
  const url = `http://127.0.0.1:${servers.clients.port}`;
  const api: TestApi = {
    kernel,
    clock,
    gateway,
    url,
    awsEndpoint: `http://127.0.0.1:${servers.aws.port}`,
    logged,
    invocations,
    functions,
    ...declare,
    fetch: (path, init) => fetch(`${url}${path}`, init),
    close: () => closeAll(kernel, servers),
  };
  return api;
}

/** The URI of a scripted function as an integration or an authorizer names it. */
export function invocationUri(functionName: string): string {
  const arn = `arn:aws:lambda:sa-east-1:000000000000:function:${functionName}`;
  return `arn:aws:apigateway:sa-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

export function proxyTo(functionName: string, properties: Properties = {}): Properties {
  return { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: invocationUri(functionName), ...properties };
}

/** What an authorizer answers to let everything or the given resources pass. */
export function allow(resource: string | string[] = '*', members: Properties = {}): Properties {
  return policy('Allow', resource, members);
}

export function policy(effect: string, resource: string | string[], members: Properties = {}): Properties {
  const statement = { Action: 'execute-api:Invoke', Effect: effect, Resource: resource };
  return { principalId: 'ana', policyDocument: { Version: '2012-10-17', Statement: [statement] }, ...members };
}

function declarations(gateway: ApiGateway, api: Properties): Pick<TestApi, 'id' | 'add' | 'method' | 'stage'> {
  const add: TestApi['add'] = (type, logicalId, properties) => {
    const resourceType = gateway.resources?.[`AWS::ApiGateway::${type}`];
    if (!resourceType) throw new Error(`no resource type ${type}`);
    return resourceType.apply({ logicalId, type: `AWS::ApiGateway::${type}`, properties });
  };
  const { ref: id, attributes } = add('RestApi', 'Api', { Name: 'test', ...api });
  const resourceIds = new Map<string, string>([['', attributes.RootResourceId as string]]);
  const resourceId = (path: string): string => {
    const known = resourceIds.get(path);
    if (known) return known;
    const slash = path.lastIndexOf('/');
    const properties = { RestApiId: id, ParentId: resourceId(path.slice(0, slash)), PathPart: path.slice(slash + 1) };
    const made = add('Resource', `Resource${path}`, properties).ref;
    resourceIds.set(path, made);
    return made;
  };
  return {
    id,
    add,
    method: (route, properties = {}) => {
      const [HttpMethod = '', path = ''] = route.split(' ');
      const ResourceId = resourceId(path === '/' ? '' : path);
      const defaults = { AuthorizationType: 'NONE', Integration: proxyTo('orders') };
      add('Method', `Method ${route}`, { RestApiId: id, ResourceId, HttpMethod, ...defaults, ...properties });
    },
    stage: (properties = {}) => {
      add('Stage', 'Stage', { RestApiId: id, StageName: 'prod', DeploymentId: 'd', ...properties });
    },
  };
}

/** Lambda as a map of functions in the test. */
export function scriptedLambda(
  invocations: TestApi['invocations'],
  functionNamed: (name: string) => ScriptedFunction | undefined,
): Service {
  const invoke = async (input: { FunctionName: string; Payload: string }, principal: Principal): Promise<object> => {
    const functionName = input.FunctionName.split(':').at(-1) as string;
    const event: ProxyEvent = JSON.parse(input.Payload);
    invocations.push({ functionName, event, principal });
    const scripted = functionNamed(functionName);
    if (!scripted) throw new Error(`no function ${functionName} is scripted`);
    try {
      const output = await scripted(event);
      return { StatusCode: 200, Payload: output instanceof RawPayload ? output.text : JSON.stringify(output) };
    } catch (error) {
      if (!(error instanceof FunctionFailure)) throw error;
      return { StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify({ errorMessage: error.message }) };
    }
  };
  return {
    name: 'lambda',
    protocol: { kind: 'aws-json', version: '1.1', target: 'ScriptedLambda' },
    operations: { Invoke: (input, call) => invoke(input, call.principal) },
  };
}

async function closeAll(kernel: Kernel, servers: { clients: ApiServer; aws: AwsServer }): Promise<void> {
  await servers.clients.close();
  await servers.aws.close();
  await kernel.stop();
}
