import { expect, test } from 'vitest';
import { FrameSizes } from './frame-sizes.ts';

const MAX_BYTES = 200;

/** A client's frame: header, mask, payload. */
function frame(payloadBytes: number): Buffer {
  const header = payloadBytes < 126 ? Buffer.from([0x81, 0x80 | payloadBytes]) : Buffer.from([0x81, 0xfe, 0, 0]);
  if (payloadBytes >= 126) header.writeUInt16BE(payloadBytes, 2);
  return Buffer.concat([header, Buffer.alloc(4), Buffer.alloc(payloadBytes, 0xff)]);
}

function long(payloadBytes: bigint): Buffer {
  const header = Buffer.alloc(10);
  header.set([0x82, 0xff]);
  header.writeBigUInt64BE(payloadBytes, 2);
  return Buffer.concat([header, Buffer.alloc(4)]);
}

/** Whether a limit of 200 bytes was passed when the bytes came in pieces of `pieceBytes`. */
function exceeded(bytes: Buffer, pieceBytes: number): boolean {
  const sizes = new FrameSizes(MAX_BYTES);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    if (sizes.exceededBy(bytes.subarray(at, at + pieceBytes))) return true;
  }
  return false;
}

test.each([1, 2, 3, 7, 64, 10_000])('frames are told apart in pieces of %i bytes', (pieceBytes) => {
  const fine = Buffer.concat([frame(0), frame(125), frame(126), frame(200), frame(1)]);
  expect(exceeded(fine, pieceBytes)).toBe(false);
  expect(exceeded(Buffer.concat([fine, frame(201)]), pieceBytes)).toBe(true);
  expect(exceeded(Buffer.concat([fine, long(65_536n)]), pieceBytes)).toBe(true);
  expect(exceeded(long(2n ** 63n), pieceBytes)).toBe(true);
});
