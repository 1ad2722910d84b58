import {
  Ping,
  type StreamErrorCode,
  type StreamRequest,
  SubscribeOrders,
  SubscribePrices,
  UnsubscribeOrders,
  UnsubscribePrices,
} from '@brokerage/contracts/stream';
import * as z from 'zod';

export interface StreamRefusal {
  readonly ok: false;
  readonly code: StreamErrorCode;
  readonly detail?: string;
}
type Parsed = { readonly ok: true; readonly request: StreamRequest } | StreamRefusal;

const BY_CHANNEL: Readonly<Record<string, Readonly<Record<string, z.ZodType<StreamRequest>>>>> = {
  subscribe: { prices: SubscribePrices, orders: SubscribeOrders },
  unsubscribe: { prices: UnsubscribePrices, orders: UnsubscribeOrders },
};
const Envelope = z.looseObject({ action: z.string() });

/** Reads a frame, or says what is wrong with it: first that it is a message at all, then its action, its channel, its shape. */
export function parseStreamRequest(text: string): Parsed {
  const json = jsonOf(text);
  const message = Envelope.safeParse(json);
  if (!message.success) return refused('INVALID_MESSAGE', 'a message is a JSON object with an action');
  const { action, channel } = message.data;
  if (action === 'ping') return shaped(Ping, json);
  if (!Object.hasOwn(BY_CHANNEL, action)) return refused('UNKNOWN_ACTION', 'actions: subscribe, unsubscribe, ping');
  const channels = BY_CHANNEL[action] ?? {};
  const schema = typeof channel === 'string' && Object.hasOwn(channels, channel) ? channels[channel] : undefined;
  return schema ? shaped(schema, json) : refused('UNKNOWN_CHANNEL', 'channels: prices, orders');
}

function shaped(schema: z.ZodType<StreamRequest>, message: unknown): Parsed {
  const parsed = schema.safeParse(message);
  if (parsed.success) return { ok: true, request: parsed.data };
  const issues = parsed.error.issues.map(({ path, message: what }) =>
    path.length > 0 ? `${path.join('.')}: ${what}` : what,
  );
  return refused('INVALID_MESSAGE', issues.join('; '));
}

export function refused(code: StreamErrorCode, detail?: string): StreamRefusal {
  return { ok: false, code, ...(detail ? { detail } : {}) };
}

/** What is no JSON is no message either. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
