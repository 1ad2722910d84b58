/** Sequence numbers on the wire: 21 digits, so that their order as text is their order as numbers. */
export function formatSequenceNumber(sequence: number): string {
  return `1${String(sequence).padStart(20, '0')}`;
}

/** Undefined when the text is no sequence number of ours. */
export function parseSequenceNumber(text: unknown): number | undefined {
  return typeof text === 'string' && /^1\d{20}$/.test(text) ? Number(text.slice(1)) : undefined;
}
