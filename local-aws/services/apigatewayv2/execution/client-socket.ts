/** A client's open WebSocket, as the gateway uses it. */
export interface ClientSocket {
  /** Bytes accepted by `send` that the operating system has not taken yet. */
  readonly bufferedBytes: number;
  /** One message, in frames of at most 32 KB. */
  send(data: Uint8Array | string, isBinary: boolean): void;
  pong(data: Uint8Array): void;
  /** Asks for the closing handshake; the connection ends whether or not the client answers. */
  close(code: number, reason: string): void;
  /** Reads nothing more from the client until `resume`. */
  pause(): void;
  resume(): void;
}

/** What the client does on it. */
export interface ClientEvents {
  message(data: Buffer, isBinary: boolean): void;
  ping(data: Buffer): void;
  closed(code: number, reason: string): void;
}
