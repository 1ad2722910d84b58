import type { EpochMs } from '../calendar/instant.ts';
import { canonicalJson } from './canonical-json.ts';

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

/** The `previousHash` of a chain's first event. */
export const CHAIN_START = '';

/** Closes an event with the hash that binds it to all before it. */
export function sealEvent<Payload>(event: Omit<AuditEvent<Payload>, 'hash'>, hash: Hash): AuditEvent<Payload> {
  return { ...event, hash: hash(canonicalJson(event)) };
}

export type ChainVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly seq: number; readonly fault: 'GAP' | 'BROKEN_LINK' | 'CHANGED' };

/** Checks a subject's whole chain, oldest first, and names the first event that is missing, unlinked or altered. */
export function verifyChain(events: readonly AuditEvent<unknown>[], hash: Hash): ChainVerdict {
  let previousHash = CHAIN_START;
  for (const [index, event] of events.entries()) {
    const seq = index + 1;
    const { hash: sealed, ...content } = event;
    if (event.seq !== seq) return { ok: false, seq, fault: 'GAP' };
    if (event.previousHash !== previousHash) return { ok: false, seq, fault: 'BROKEN_LINK' };
    if (hash(canonicalJson(content)) !== sealed) return { ok: false, seq, fault: 'CHANGED' };
    previousHash = sealed;
  }
  return { ok: true };
}
