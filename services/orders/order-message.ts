/** Message of the Orders queue and input of the saga: which order to bring to the exchange, and where its facts are. */
export interface OrderMessage {
  readonly orderId: string;
  readonly accountId: string;
  readonly isin: string;
  readonly correlationId: string;
}

/** Message of the InDoubtOrders queue: ask the exchange about an order. `tries` counts from 0 and sets the next delay. */
export interface FollowUp {
  readonly orderId: string;
  readonly correlationId: string;
  readonly tries: number;
}

/** Throws on what is no such message: it ends in the dead-letter queue. */
export function parseOrderMessage(text: string): OrderMessage {
  return withStrings<OrderMessage>(text, ['orderId', 'accountId', 'isin', 'correlationId']);
}

export function parseFollowUp(text: string): FollowUp {
  const message = withStrings<FollowUp>(text, ['orderId', 'correlationId']);
  return { ...message, tries: Number.isSafeInteger(message.tries) ? message.tries : 0 };
}

function withStrings<Message>(text: string, names: readonly string[]): Message {
  const message: unknown = JSON.parse(text);
  const fields = typeof message === 'object' && message !== null ? (message as Record<string, unknown>) : {};
  const missing = names.filter((name) => typeof fields[name] !== 'string' || fields[name] === '');
  if (missing.length > 0) throw new Error(`message lacks ${missing.join(', ')}`);
  return fields as Message;
}
