import type { StreamTicket } from '@brokerage/contracts/rest/stream-tickets';
import type { StreamMessage } from '@brokerage/contracts/stream';
import type { output } from 'zod';
import { eventually } from '../stack/eventually.ts';
import type { ApiClient } from './api-client.ts';

type Kind = StreamMessage['type'];
export type MessageOf<K extends Kind> = Extract<StreamMessage, { type: K }>;

export async function getTicket(client: ApiClient): Promise<output<typeof StreamTicket>> {
  const { status, body } = await client.request<output<typeof StreamTicket>>('POST', '/v1/stream-tickets');
  if (status !== 201) throw new Error(`no ticket: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** The stream as one client uses it. What came is kept, in order. */
export class StreamClient {
  readonly received: StreamMessage[] = [];
  readonly #socket: WebSocket;
  #closeCode: number | null = null;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.received.push(JSON.parse(String(data)) as StreamMessage));
    socket.addEventListener('close', ({ code }) => {
      this.#closeCode = code;
    });
  }

  /** Null when the handshake is refused. */
  static open(apiPort: number, ticket: string): Promise<StreamClient | null> {
    const socket = new WebSocket(`ws://127.0.0.1:${apiPort}/stream?ticket=${encodeURIComponent(ticket)}`);
    const client = new StreamClient(socket);
    return new Promise((resolve) => {
      socket.addEventListener('open', () => resolve(client));
      socket.addEventListener('error', () => resolve(null));
    });
  }

  static async of(apiPort: number, client: ApiClient): Promise<StreamClient> {
    const opened = await StreamClient.open(apiPort, (await getTicket(client)).ticket);
    if (!opened) throw new Error('the stream did not open');
    return opened;
  }

  send(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Sends a frame and waits for the next answer of a kind. */
  async ask<K extends Kind>(frame: unknown, kind: K): Promise<MessageOf<K>> {
    const from = this.received.length;
    this.send(frame);
    return this.next(kind, () => true, from);
  }

  /** The first message of a kind that is as wanted, from a place among those received on. */
  async next<K extends Kind>(kind: K, isIt: (message: MessageOf<K>) => boolean, from = 0): Promise<MessageOf<K>> {
    const find = () =>
      this.received
        .slice(from)
        .find((message): message is MessageOf<K> => message.type === kind && isIt(message as MessageOf<K>));
    const found = await eventually(
      `a message of type ${kind}`,
      async () => find(),
      (message) => message !== undefined,
    );
    return found as MessageOf<K>;
  }

  orders(): readonly MessageOf<'order'>[] {
    return this.received.filter((message) => message.type === 'order');
  }

  /** The code of the close that was not ours. */
  closed(): Promise<number | null> {
    return eventually(
      'the stream closes',
      async () => this.#closeCode,
      (code) => code !== null,
    );
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed();
  }
}
