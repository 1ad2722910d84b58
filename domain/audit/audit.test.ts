import { expect, it } from 'vitest';
import { NOON, testHash } from '../testing/builders.ts';
import { type AuditEvent, CHAIN_START, sealEvent, verifyChain } from './audit-event.ts';
import { canonicalJson } from './canonical-json.ts';

function aChain(length: number): AuditEvent<{ amount: number }>[] {
  const events: AuditEvent<{ amount: number }>[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const link = { subjectId: 'ORD-1', seq, atMs: NOON, actor: 'CLIENT', correlationId: 'c', payload: { amount: seq } };
    events.push(sealEvent({ ...link, previousHash: events.at(-1)?.hash ?? CHAIN_START }, testHash));
  }
  return events;
}

it('writes one text for one value, whatever the order of its keys', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x', z: undefined })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
});

it('accepts a whole chain, and an empty one', () => {
  expect(verifyChain(aChain(3), testHash)).toEqual({ ok: true });
  expect(verifyChain([], testHash)).toEqual({ ok: true });
});

it('finds a missing event', () => {
  expect(verifyChain(aChain(3).toSpliced(1, 1), testHash)).toEqual({ ok: false, seq: 2, fault: 'GAP' });
});

it('finds an altered event', () => {
  const [first, second, third] = aChain(3);
  const altered = { ...second, payload: { amount: 99 } } as AuditEvent<{ amount: number }>;
  expect(verifyChain([first, altered, third] as AuditEvent<unknown>[], testHash)).toEqual({
    ok: false,
    seq: 2,
    fault: 'CHANGED',
  });
});

it('finds an altered event that was sealed again', () => {
  const [first, second, third] = aChain(3);
  const { hash: _hash, ...content } = { ...second, payload: { amount: 99 } } as AuditEvent<{ amount: number }>;
  const resealed = sealEvent(content, testHash);
  expect(verifyChain([first, resealed, third] as AuditEvent<unknown>[], testHash)).toEqual({
    ok: false,
    seq: 3,
    fault: 'BROKEN_LINK',
  });
});
