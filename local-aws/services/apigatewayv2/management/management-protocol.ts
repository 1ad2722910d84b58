import type { Protocol } from '../../../kernel/service.ts';

const CONNECTION_PATH = /^\/([^/]+)\/(?:@|%40)connections\/([^/]+)$/;

const OPERATIONS: Readonly<Record<string, string>> = {
  POST: 'PostToConnection',
  GET: 'GetConnection',
  DELETE: 'DeleteConnection',
};

/**
 * restJson1 bindings of the API Gateway Management API, 2018-11-29, below the path of the stage. Of the characters in a connection's id only
 * the `=` at its end is ever percent-encoded.
 */
export const managementProtocol: Protocol = {
  kind: 'rest',
  route: ({ method, path, body }) => {
    const operation = OPERATIONS[method];
    const [, Stage, id] = CONNECTION_PATH.exec(path) ?? [];
    if (operation === undefined || id === undefined) return undefined;
    return { operation, input: { Stage, ConnectionId: id.replace(/%3d/i, '='), Data: body } };
  },
  respond: (operation, output, requestId) => ({
    status: operation === 'DeleteConnection' ? 204 : 200,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
    body: output === undefined ? '' : JSON.stringify(output),
  }),
  // GoneException and LimitExceededException have no members, and come without a body.
  respondError: ({ status, code, message }, requestId) => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
    body: message === '' ? '' : JSON.stringify({ message }),
  }),
};
