import type { EpochMs } from '../calendar/instant.ts';

/** A digest in hex of a text, handed in: the domain has no cryptography. SHA-256 in production. */
export type Hash = (text: string) => string;

/** One link of the append-only chain of a subject (an order). Key: (subjectId, seq), seq from 1 without gaps. */
export interface AuditEvent<Payload> {
  readonly subjectId: string;
  readonly seq: number;
  readonly atMs: EpochMs;
  readonly actor: string;
  readonly correlationId: string;
  readonly payload: Payload;
  readonly previousHash: string;
  /** Over the canonical JSON of all other fields. */
  readonly hash: string;
}
