/** Byte of a frame's header at which its payload length begins, and the most bytes a header has. Source: RFC 6455, 5.2. */
const LENGTH_BYTE = 1;
const MAX_HEADER_BYTES = 14;
const MASK_BYTES = 4;

/** Follows the headers of a client's frames, for the bound on one frame that `ws`, which bounds messages, does not have. */
export class FrameSizes {
  readonly #maxBytes: number;
  readonly #header = Buffer.alloc(MAX_HEADER_BYTES);
  #headerBytes = 0;
  #payloadBytesLeft = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Reads what came next on the wire; whether a frame that is too large begins in it. */
  exceededBy(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#payloadBytesLeft > 0) {
        const skipped = Math.min(this.#payloadBytesLeft, chunk.length - at);
        this.#payloadBytesLeft -= skipped;
        at += skipped;
        continue;
      }
      this.#header[this.#headerBytes++] = chunk[at++] as number;
      const payloadBytes = this.#payloadBytes();
      if (payloadBytes === undefined) continue;
      if (payloadBytes > this.#maxBytes) return true;
      this.#payloadBytesLeft = payloadBytes;
      this.#headerBytes = 0;
    }
    return false;
  }

  /** Undefined while the header is not whole. Clients mask every frame; one that does not is shown out by `ws`. */
  #payloadBytes(): number | undefined {
    if (this.#headerBytes <= LENGTH_BYTE) return undefined;
    const short = (this.#header[LENGTH_BYTE] as number) & 0x7f;
    const extendedBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
    if (this.#headerBytes < 2 + extendedBytes + MASK_BYTES) return undefined;
    if (short === 126) return this.#header.readUInt16BE(2);
    return short === 127 ? Number(this.#header.readBigUInt64BE(2)) : short;
  }
}
