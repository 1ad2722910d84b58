import { assert } from '@brokerage/domain/assert';
import type { ConnectionKey } from './stream-connection.ts';

/** An event of a route of the WebSocket API, as far as it is read. */
export interface StreamEvent {
  readonly requestContext: {
    readonly connectionId: string;
    /** The context that the authorizer gave at `$connect`. */
    readonly authorizer?: { readonly accountId?: string };
  };
  readonly body?: string;
}

/** At `$connect` any status but 200 refuses the connection; elsewhere nobody sees it. */
export interface StreamAnswer {
  readonly statusCode: number;
}

/** The connection that an event is of; whose it is, by the authorizer's word. */
export function connectionOf({ requestContext }: StreamEvent): ConnectionKey {
  const { connectionId, authorizer } = requestContext;
  assert(authorizer?.accountId !== undefined, `connection ${connectionId} has no account`);
  return { accountId: authorizer.accountId, connectionId };
}
