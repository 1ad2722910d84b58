/**
 * Sequence numbers on the wire: decimal, 56 digits as AWS's, so that their order as text is their order as numbers. The last digits are the
 * shard's, as there; a stream's numbers are unique over its shards.
 */
export function formatSequenceNumber(sequence: number, shard: number): string {
  return `49${String(sequence).padStart(48, '0')}${String(shard).padStart(6, '0')}`;
}

/** Undefined when the text is no sequence number of the shard. */
export function parseSequenceNumber(text: unknown, shard: number): number | undefined {
  if (typeof text !== 'string' || !/^49\d{54}$/.test(text) || Number(text.slice(50)) !== shard) return undefined;
  return Number(text.slice(2, 50));
}
