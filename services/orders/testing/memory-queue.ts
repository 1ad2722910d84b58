import type { Queue } from '../../platform/queue.ts';

/** A queue that keeps what it is sent until a test takes it. */
export class MemoryQueue implements Queue {
  #bodies: object[] = [];
  readonly delaysSeconds: (number | undefined)[] = [];
  isRefusing = false;

  async send(body: object, delaySeconds?: number): Promise<void> {
    if (this.isRefusing) throw new Error('SQS is away');
    this.#bodies.push(body);
    this.delaysSeconds.push(delaySeconds);
  }

  async sendText(body: string): Promise<void> {
    await this.send(JSON.parse(body));
  }

  async sendAll(bodies: readonly object[]): Promise<void> {
    for (const body of bodies) await this.send(body);
  }

  get length(): number {
    return this.#bodies.length;
  }

  takeAll<Body>(): Body[] {
    const taken = this.#bodies as Body[];
    this.#bodies = [];
    return taken;
  }
}
