import { HttpRequest } from '@smithy/core/transport';
import type { $ClientProtocol, $OperationSchema, EndpointV2, HttpResponse, ResponseMetadata } from '@smithy/types';
import { answerText } from './answer-text.ts';

/** What the SDK's AWS JSON protocols have beside what every protocol has. */
interface JsonProtocol extends $ClientProtocol<HttpRequest, HttpResponse> {
  readonly serviceTarget: string;
  readonly awsQueryCompatible: boolean;
  getJsonRpcVersion(): '1.0' | '1.1';
  setHostPrefix(request: HttpRequest, operation: $OperationSchema, input: object): void;
  deserializeMetadata(response: HttpResponse): ResponseMetadata;
}

/**
 * Lets an SDK client write its requests and read its answers with `JSON.stringify` and `JSON.parse` alone. The SDK walks the service's schema beside
 * each value, to turn bytes into base64 and dates into numbers: several times the cost, for members that are not used here. Errors it reads itself.
 *
 * Only for clients of the AWS JSON protocol whose inputs hold neither bytes nor dates; members of outputs that are either come as they travel. What the
 * SDK would add to an input, an idempotency token, is not added: who needs one gives it.
 */
export function withPlainJson<Client extends object>(sdkClient: Client): Client {
  const { protocol } = (sdkClient as unknown as { readonly config: { readonly protocol: JsonProtocol } }).config;
  if (!('serviceTarget' in protocol)) throw new TypeError('a client of another protocol than AWS JSON');
  const readError = protocol.deserializeResponse.bind(protocol);
  const contentType = `application/x-amz-json-${protocol.getJsonRpcVersion()}`;

  protocol.serializeRequest = async (operation, input, { endpoint }) => {
    const request = new HttpRequest({ method: 'POST', body: JSON.stringify(input) });
    protocol.updateServiceEndpoint(request, (await endpoint()) as unknown as EndpointV2);
    protocol.setHostPrefix(request, operation, input);
    request.headers['content-type'] = contentType;
    request.headers['x-amz-target'] = `${protocol.serviceTarget}.${operation.name}`;
    if (protocol.awsQueryCompatible) request.headers['x-amzn-query-mode'] = 'true';
    return request;
  };

  protocol.deserializeResponse = async (operation, context, response) => {
    if (response.statusCode >= 300) return readError(operation, context, response);
    const text = await answerText(response, context);
    const output = text === '' ? {} : JSON.parse(text);
    output.$metadata = protocol.deserializeMetadata(response);
    return output;
  };
  return sdkClient;
}
