/** CRC-32C (Castagnoli), reflected. Source: RFC 3720, appendix B.4. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC32C_TABLE[(crc ^ byte) & 0xff] as number);
  return (crc ^ 0xffffffff) >>> 0;
}

const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_value, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});

/** CRC-64/NVME, reflected, in two halves since numbers hold 53 bits. Source: NVM Express NVM Command Set, section 5.2.1.3.4. */
export function crc64Nvme(bytes: Uint8Array): { high: number; low: number } {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of bytes) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (CRC64_LOW[index] as number);
    high = (high >>> 8) ^ (CRC64_HIGH[index] as number);
  }
  return { high: (high ^ 0xffffffff) >>> 0, low: (low ^ 0xffffffff) >>> 0 };
}

const CRC64_HIGH = new Uint32Array(256);
const CRC64_LOW = new Uint32Array(256);
for (let index = 0; index < 256; index++) {
  let crc = BigInt(index);
  for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n : crc >> 1n;
  CRC64_HIGH[index] = Number(crc >> 32n);
  CRC64_LOW[index] = Number(crc & 0xffffffffn);
}
