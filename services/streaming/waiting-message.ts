import * as z from 'zod';
import { parseGivenUpBatch, type StreamRange } from '../operations/audit-stream-gateway.ts';

/** A connection for which events wait. `isOverrun`: too many to wait for, so that it is to be closed. */
const WaitingConnection = z.object({ accountId: z.string(), connectionId: z.string(), isOverrun: z.boolean() });
export type WaitingConnection = z.infer<typeof WaitingConnection>;

/** Has `push-waiting-orders` look at a connection, in a moment. */
export type TellWaiting = (connection: WaitingConnection) => Promise<void>;

/** What comes by the queue OrderStream: connections, and places in the audit stream that Lambda gave up. */
export type OrderStreamMessage =
  | { readonly kind: 'CONNECTION'; readonly connection: WaitingConnection }
  | { readonly kind: 'RANGE'; readonly range: StreamRange };

export function parseOrderStreamMessage(text: string): OrderStreamMessage {
  const body: unknown = JSON.parse(text);
  if (typeof body === 'object' && body !== null && 'DDBStreamBatchInfo' in body) {
    return { kind: 'RANGE', range: parseGivenUpBatch(text) };
  }
  return { kind: 'CONNECTION', connection: WaitingConnection.parse(body) };
}
