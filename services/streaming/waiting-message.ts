import * as z from 'zod';
import { parseGivenUpBatch, type StreamRange } from '../operations/audit-stream-gateway.ts';

/** A connection for which events wait. `isOverrun`: too many to wait for, so that it is to be closed. */
const WaitingConnection = z.object({ accountId: z.string(), connectionId: z.string(), isOverrun: z.boolean() });
export type WaitingConnection = z.infer<typeof WaitingConnection>;

/** Has `push-waiting-orders` look at a connection, in a moment. */
export type TellWaiting = (connection: WaitingConnection) => Promise<void>;

/** Events of an account, in order and at most a batch of the stream, that could not be told when they happened, nor put to wait for its connections. */
const UntoldEvents = z.object({ accountId: z.string(), eventIds: z.array(z.string()).min(1) });
export type UntoldEvents = z.infer<typeof UntoldEvents>;

/** Has `push-waiting-orders` push events, in a moment. */
export type PushLater = (events: UntoldEvents) => Promise<void>;

/** What comes by the queue OrderStream: connections, events, and places in the audit stream that Lambda gave up. */
export type OrderStreamMessage =
  | { readonly kind: 'CONNECTION'; readonly connection: WaitingConnection }
  | { readonly kind: 'EVENTS'; readonly events: UntoldEvents }
  | { readonly kind: 'RANGE'; readonly range: StreamRange };

export function parseOrderStreamMessage(text: string): OrderStreamMessage {
  const body: unknown = JSON.parse(text);
  if (typeof body === 'object' && body !== null) {
    if ('DDBStreamBatchInfo' in body) return { kind: 'RANGE', range: parseGivenUpBatch(text) };
    if ('eventIds' in body) return { kind: 'EVENTS', events: UntoldEvents.parse(body) };
  }
  return { kind: 'CONNECTION', connection: WaitingConnection.parse(body) };
}
