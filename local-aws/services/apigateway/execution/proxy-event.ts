import { requestTime } from '../../../gateway/request-time.ts';
import { domainNameOf } from './context-variables.ts';
import { type Exchange, methodArnOf } from './exchange.ts';

/**
 * The event of a Lambda proxy integration, format 1.0, as JSON text.
 * Source: "Set up Lambda proxy integrations in API Gateway", input format.
 */
export function proxyEvent(exchange: Exchange): string {
  const { body } = exchange.request;
  const isBase64Encoded = body.length > 0 && isBinary(exchange);
  return JSON.stringify({
    ...requestPart(exchange),
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  });
}

/** Source: "Input to an API Gateway Lambda authorizer", type REQUEST. */
export function requestAuthorizerEvent(exchange: Exchange): string {
  return JSON.stringify({ type: 'REQUEST', methodArn: methodArnOf(exchange), ...requestPart(exchange) });
}

export function tokenAuthorizerEvent(exchange: Exchange, authorizationToken: string): string {
  return JSON.stringify({ type: 'TOKEN', methodArn: methodArnOf(exchange), authorizationToken });
}

function requestPart(exchange: Exchange): Record<string, unknown> {
  const { request, headers, query } = exchange;
  return {
    resource: exchange.route?.resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers: headers.single,
    multiValueHeaders: headers.multiple,
    queryStringParameters: query.single,
    multiValueQueryStringParameters: query.multiple,
    pathParameters: exchange.pathParameters,
    stageVariables: exchange.stage.variables,
    requestContext: requestContext(exchange),
  };
}

function requestContext(exchange: Exchange): Record<string, unknown> {
  const { request, stage, authorizer } = exchange;
  const domainName = domainNameOf(exchange);
  return {
    accountId: stage.accountId,
    apiId: stage.api.id,
    authorizer: authorizer && {
      ...authorizer.context,
      principalId: authorizer.principalId,
      integrationLatency: exchange.authorizerLatencyMs,
    },
    domainName,
    domainPrefix: domainName.split('.', 1)[0],
    extendedRequestId: exchange.extendedRequestId,
    httpMethod: request.method,
    identity: identity(exchange),
    path: request.path,
    protocol: `HTTP/${request.httpVersion}`,
    requestId: exchange.requestId,
    requestTime: requestTime(exchange.startedMs),
    requestTimeEpoch: exchange.startedMs,
    resourceId: exchange.route?.resourceId,
    resourcePath: exchange.route?.resourcePath,
    stage: stage.name,
  };
}

/** Those of IAM and Cognito are null, as on AWS for a caller who is neither's; the key's are there when one was wanted. */
function identity(exchange: Exchange): Record<string, string | null | undefined> {
  return {
    accessKey: null,
    accountId: null,
    apiKey: exchange.apiKey?.value,
    apiKeyId: exchange.apiKey?.id,
    caller: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: exchange.request.sourceIp,
    user: null,
    userAgent: exchange.headers.get('user-agent') ?? null,
    userArn: null,
  };
}

function isBinary(exchange: Exchange): boolean {
  return matchesMediaType(exchange.stage.api.binaryMediaTypes, exchange.headers.get('content-type'));
}

/** Whether the first media type of a header is among the API's binary ones, which may have wildcards. */
export function matchesMediaType(binaryMediaTypes: readonly string[], header: string | undefined): boolean {
  if (binaryMediaTypes.length === 0) return false;
  if (binaryMediaTypes.includes('*/*')) return true;
  const mediaType = (header ?? '').split(/[,;]/, 1)[0]?.trim().toLowerCase() ?? '';
  return binaryMediaTypes.includes(mediaType) || binaryMediaTypes.includes(mediaType.replace(/\/.*$/, '/*'));
}
