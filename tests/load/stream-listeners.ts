import type { StreamMessage } from '@brokerage/contracts/stream';

/** Clients of the stream that follow prices and note how old each is when it comes. */
export class StreamListeners {
  readonly latencyMs: number[] = [];
  frames = 0;
  readonly #sockets: WebSocket[] = [];

  /** Opens one connection a key, subscribes it, and waits for the acknowledgement. */
  async open(apiPort: number, apiKeys: readonly string[], symbols: readonly string[]): Promise<void> {
    for (const apiKey of apiKeys) {
      const ticket = await newTicket(apiPort, apiKey);
      await this.#openOne(`ws://127.0.0.1:${apiPort}/stream?ticket=${ticket}`, symbols);
    }
  }

  forget(): void {
    this.latencyMs.length = 0;
    this.frames = 0;
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
  }

  #openOne(url: string, symbols: readonly string[]): Promise<void> {
    const socket = new WebSocket(url);
    this.#sockets.push(socket);
    return new Promise((resolve, reject) => {
      socket.addEventListener('error', () => reject(new Error('a stream did not open')));
      socket.addEventListener('open', () =>
        socket.send(JSON.stringify({ action: 'subscribe', channel: 'prices', symbols, grouped: true })),
      );
      socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(String(data)) as StreamMessage;
        if (message.type === 'subscribed') resolve();
        if (message.type === 'error') reject(new Error(message.code));
        this.#note(message);
      });
    });
  }

  #note(message: StreamMessage): void {
    if (message.type !== 'price' && message.type !== 'prices') return;
    this.frames += 1;
    const nowMs = Date.now();
    for (const { time } of message.type === 'price' ? [message] : message.items) {
      this.latencyMs.push(nowMs - Date.parse(time));
    }
  }
}

async function newTicket(apiPort: number, apiKey: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${apiPort}/v1/stream-tickets`, {
    method: 'POST',
    headers: { 'x-api-key': apiKey },
  });
  if (answer.status !== 201) throw new Error(`no ticket: ${answer.status}`);
  return ((await answer.json()) as { ticket: string }).ticket;
}
