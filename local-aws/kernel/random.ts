/** The one source of randomness of a stack: everything random descends from its seed. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** `count` bytes. */
  bytes(count: number): Uint8Array;
  /** Version 4 UUID. */
  uuid(): string;
  /** A child source, independent of how much of this one is used afterwards. */
  fork(): Random;
}

/** sfc32: small, fast, passes PractRand; not for secrets. Source: Chris Doty-Humphrey's PractRand. */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9;
  let b = seed | 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let counter = 1;

  const nextUint32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) nextUint32();

  const bytes = (count: number): Uint8Array => {
    const result = new Uint8Array(count);
    for (let index = 0; index < count; index += 4) {
      const word = nextUint32();
      for (let byte = 0; byte < 4 && index + byte < count; byte++) result[index + byte] = (word >>> (8 * byte)) & 0xff;
    }
    return result;
  };

  return {
    next: () => nextUint32() / 2 ** 32,
    bytes,
    uuid: () => formatUuid(bytes(16)),
    fork: () => seededRandom(nextUint32() + nextUint32() * 2 ** 21),
  };
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function formatUuid(bytes: Uint8Array): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let text = '';
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += HEX[bytes[index] as number];
  }
  return text;
}
