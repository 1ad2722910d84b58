import type { Timer } from '../../../kernel/clock.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import { IDLE_TIMEOUT_MS, MAX_BUFFERED_BYTES, MAX_DURATION_MS, MAX_MESSAGES_UNDER_WAY } from '../limits.ts';
import type { ClientSocket } from './client-socket.ts';
import type { ConnectionFacts } from './connection-facts.ts';
import type { Departures } from './departures.ts';

/** One open connection: its socket, how much may wait for it, and when its time is up. */
export class Connection {
  readonly facts: ConnectionFacts;
  readonly #kernel: Kernel;
  readonly #socket: ClientSocket;
  readonly #departures: Departures;
  readonly #timeUp: () => void;
  #timer: Timer;
  #lastActiveMs: number;
  /** Bytes that wait for the disk before they go to the socket. */
  #departingBytes = 0;
  #messagesUnderWay = 0;

  /** `timeUp` is called once, when the connection was idle for 10 minutes or has lasted 2 hours. */
  constructor(
    kernel: Kernel,
    facts: ConnectionFacts,
    socket: ClientSocket,
    departures: Departures,
    timeUp: () => void,
  ) {
    this.facts = facts;
    this.#kernel = kernel;
    this.#socket = socket;
    this.#departures = departures;
    this.#timeUp = timeUp;
    this.#lastActiveMs = kernel.clock.nowMs();
    this.#timer = this.#watch();
  }

  get lastActiveMs(): number {
    return this.#lastActiveMs;
  }

  /** Sends a message; false when too much waits for the client already. */
  send(data: Uint8Array | string, isBinary = false): boolean {
    const bytes = typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength;
    if (this.#socket.bufferedBytes + this.#departingBytes + bytes > MAX_BUFFERED_BYTES) return false;
    this.#departingBytes += bytes;
    this.#lastActiveMs = this.#kernel.clock.nowMs();
    this.#departures.add(() => {
      this.#departingBytes -= bytes;
      this.#socket.send(data, isBinary);
    });
    return true;
  }

  /** Answers a ping, unless too much waits for the client already. */
  pinged(data: Buffer): void {
    this.#lastActiveMs = this.#kernel.clock.nowMs();
    if (this.#socket.bufferedBytes < MAX_BUFFERED_BYTES) this.#socket.pong(data);
  }

  messageBegins(): void {
    this.#lastActiveMs = this.#kernel.clock.nowMs();
    this.#messagesUnderWay += 1;
    if (this.#messagesUnderWay === MAX_MESSAGES_UNDER_WAY) this.#socket.pause();
  }

  messageEnds(): void {
    if (this.#messagesUnderWay === MAX_MESSAGES_UNDER_WAY) this.#socket.resume();
    this.#messagesUnderWay -= 1;
  }

  /** After what was sent before. */
  close(code: number, reason: string): void {
    this.#departures.add(() => this.#socket.close(code, reason));
  }

  /** The clock has nothing more to watch. */
  ended(): void {
    this.#timer.cancel();
  }

  #watch(): Timer {
    const dueMs = Math.min(this.#lastActiveMs + IDLE_TIMEOUT_MS, this.facts.connectedAtMs + MAX_DURATION_MS);
    return this.#kernel.clock.setTimer(dueMs, () => {
      if (this.#isTimeUp()) this.#timeUp();
      else this.#timer = this.#watch();
    });
  }

  #isTimeUp(): boolean {
    const nowMs = this.#kernel.clock.nowMs();
    return nowMs >= this.#lastActiveMs + IDLE_TIMEOUT_MS || nowMs >= this.facts.connectedAtMs + MAX_DURATION_MS;
  }
}
