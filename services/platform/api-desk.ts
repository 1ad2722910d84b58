import type { Route } from '@brokerage/contracts/routes/route';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

type Handler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** One function for the routes of a desk. API Gateway says which route a request came by. */
export function apiDesk(...routes: readonly (readonly [Pick<Route, 'method' | 'path'>, Handler])[]): Handler {
  const handlers = new Map(routes.map(([{ method, path }, handler]) => [`${method} ${path}`, handler]));
  return (event) => {
    const handler = handlers.get(`${event.httpMethod} ${event.resource}`);
    if (!handler) throw new Error(`no operation of this desk is behind ${event.httpMethod} ${event.resource}`);
    return handler(event);
  };
}
