import { getEndpointFromInstructions, toEndpointV1 } from '@smithy/core/endpoints';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { operation } from '@smithy/core/schema';
import type {
  $ClientProtocol,
  $OperationSchema,
  EndpointBearer,
  HandlerExecutionContext,
  HttpRequest,
  HttpResponse,
  RequestHandler,
  RequestSigner,
  SdkError,
  SerdeFunctions,
  StaticOperationSchema,
} from '@smithy/types';

/** What of an SDK client and its commands is used here. */
interface SdkClient {
  readonly config: ClientConfig;
  send(command: SdkCommand, ...options: unknown[]): Promise<unknown>;
}

interface ClientConfig extends SerdeFunctions {
  readonly protocol: $ClientProtocol<HttpRequest, HttpResponse>;
  readonly requestHandler: RequestHandler<HttpRequest, HttpResponse>;
  readonly systemClockOffset: number;
  readonly maxAttempts: () => Promise<number>;
  readonly signer: (scheme?: unknown) => Promise<RequestSigner>;
}

interface SdkCommand {
  readonly input: { readonly Bucket?: string };
  readonly schema: StaticOperationSchema;
  readonly constructor: object;
}

/** Where a client's requests go (in `context`), and who signs them: the same for every command of a client, and in S3 of a bucket. */
interface Route {
  readonly signer: RequestSigner;
  readonly isRepeated: boolean;
  readonly context: HandlerExecutionContext & SerdeFunctions & EndpointBearer;
}

const TRACE_HEADER = 'X-Amzn-Trace-Id';

/**
 * Sends an SDK client's commands by its own protocol, signer and HTTP handler, without the middleware around them: a dozen layers that ask for
 * the region, the endpoint and the signer anew at each call and cost three times what serializing and sending do (decision 014). What may
 * succeed when repeated is handed to the client's ordinary `send`, with its retries. The test compares request by request with the SDK's.
 *
 * A client speaks to one endpoint, that of its region and account or the configured one: resources are given by name, or in the own region. Each bucket of
 * S3 has one of its own. S3's checksums are of that middleware too: the caller gives them, and compares those that come.
 */
export function sendDirectly<Client extends object>(sdkClient: Client): Client {
  const client = sdkClient as unknown as SdkClient;
  const ordinarySend = client.send.bind(client);
  const operations = new WeakMap<object, $OperationSchema>();
  const routes = new Map<string | undefined, Route>();

  async function attempt(command: SdkCommand): Promise<unknown> {
    const { protocol, requestHandler, systemClockOffset } = client.config;
    let route = routes.get(command.input.Bucket);
    if (!route) {
      route = await routeOf(client.config, command);
      routes.set(command.input.Bucket, route);
    }
    const schema = operationOf(operations, command);
    const request = await protocol.serializeRequest(schema, command.input, route.context);
    complete(request);
    const signed = await route.signer.sign(request, { signingDate: new Date(Date.now() + systemClockOffset) });
    const { response } = await requestHandler.handle(signed as HttpRequest);
    return protocol.deserializeResponse(schema, route.context, response);
  }

  client.send = async (command, ...options) => {
    if (options.length > 0) return ordinarySend(command, ...options);
    try {
      return await attempt(command);
    } catch (error) {
      if (!maySucceedLater(error) || !routes.get(command.input.Bucket)?.isRepeated) throw error;
      return ordinarySend(command);
    }
  };
  return sdkClient;
}

async function routeOf(config: ClientConfig, command: SdkCommand): Promise<Route> {
  // The resolver replaces the configured endpoint in what it is given.
  const copy = { ...config } as ClientConfig & Parameters<typeof getEndpointFromInstructions>[2];
  const instructions = command.constructor as Parameters<typeof getEndpointFromInstructions>[1];
  const endpoint = await getEndpointFromInstructions(command.input, instructions, copy);
  const target = toEndpointV1(endpoint);
  const authSchemes = endpoint.properties?.authSchemes as readonly unknown[] | undefined;
  return {
    signer: await config.signer(authSchemes?.[0]),
    isRepeated: (await config.maxAttempts()) > 1,
    context: { ...config, endpoint: async () => target } as unknown as Route['context'],
  };
}

function operationOf(known: WeakMap<object, $OperationSchema>, command: SdkCommand): $OperationSchema {
  const found = known.get(command.constructor);
  if (found) return found;
  const [, namespace, name, traits, input, output] = command.schema;
  const made = operation(namespace, name, traits, input, output) as $OperationSchema;
  known.set(command.constructor, made);
  return made;
}

/** The headers that the SDK's middleware sets and AWS reads. */
function complete({ headers, hostname, port, body }: HttpRequest): void {
  headers.host = port ? `${hostname}:${port}` : hostname;
  if (body) headers['content-length'] = String(lengthOf(body));
  const traceId = process.env._X_AMZN_TRACE_ID;
  if (process.env.AWS_LAMBDA_FUNCTION_NAME && traceId) headers[TRACE_HEADER] = traceId;
}

function lengthOf(body: unknown): number {
  if (typeof body === 'string') return Buffer.byteLength(body);
  return body instanceof Uint8Array ? body.byteLength : 0;
}

function maySucceedLater(error: unknown): boolean {
  const thrown = error as SdkError;
  return isThrottlingError(thrown) || isTransientError(thrown) || isServerError(thrown);
}
