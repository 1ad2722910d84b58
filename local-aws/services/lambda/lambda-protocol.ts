import type { Protocol } from '../../kernel/service.ts';
import type { InvokeOutput } from './invoke.ts';

const INVOKE_PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Lambda's REST-JSON API. */
export const lambdaProtocol: Protocol = {
  kind: 'rest',
  route: ({ method, path, headers, body }) => {
    const invoked = method === 'POST' ? INVOKE_PATH.exec(path) : null;
    if (invoked) {
      const FunctionName = decodeURIComponent(invoked[1] as string);
      const Payload = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
      const InvocationType = headers['x-amz-invocation-type'] ?? 'RequestResponse';
      return { operation: 'Invoke', input: { FunctionName, InvocationType, Payload: Payload || '{}' } };
    }
    if (method === 'GET' && /^\/2015-03-31\/functions\/?$/.test(path)) return { operation: 'ListFunctions', input: {} };
    if (method === 'GET' && /^\/2015-03-31\/event-source-mappings\/?$/.test(path)) {
      return { operation: 'ListEventSourceMappings', input: {} };
    }
    return undefined;
  },
  respond: (operation, output, requestId) => {
    const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
    if (operation !== 'Invoke') return { status: 200, headers, body: JSON.stringify(output) };
    const { StatusCode, FunctionError, Payload, ExecutedVersion } = output as InvokeOutput;
    return {
      status: StatusCode,
      headers: {
        ...headers,
        ...(FunctionError ? { 'x-amz-function-error': FunctionError } : {}),
        ...(ExecutedVersion ? { 'x-amz-executed-version': ExecutedVersion } : {}),
      },
      body: Payload ?? '',
    };
  },
  respondError: (error, requestId) => ({
    status: error.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.code,
    },
    body: JSON.stringify({ message: error.message, Type: 'User', ...error.members }),
  }),
};
