import { describe, expect, it } from 'vitest';
import { cents } from '../money/cents.ts';
import { isLive, makeApiKey } from './api-key.ts';
import { closingObstacle } from './closing.ts';
import { holdsCpf, parseCpf } from './cpf.ts';
import { maskCpf, maskEmail, maskName, maskPhone } from './masking.ts';
import { isBornBefore } from './registration.ts';
import { retentionDuty } from './retention.ts';
import { UNSUITABILITY_CAUSES, undeclaredCause, unsuitabilityOf } from './suitability.ts';

const at = (text: string) => Date.parse(text);

describe('parseCpf', () => {
  it.each([
    ['52998224725', '52998224725'],
    ['529.982.247-25', '52998224725'],
    ['268.211.520-98', '26821152098'],
    ['11144477735', '11144477735'],
    // its first check is a rest of 10
    ['00000000604', '00000000604'],
    ['52998224724', null],
    ['52998224715', null],
    ['25998224725', null],
    ['11111111111', null],
    ['00000000000', null],
    ['5299822472', null],
    ['529982247255', null],
    ['529-982-247.25', null],
    ['٥٢٩٩٨٢٢٤٧٢٥', null],
    ['', null],
  ])('reads %s as %s', (text, digits) => {
    expect(parseCpf(text)).toBe(digits);
  });
});

describe('holdsCpf', () => {
  it.each([
    ['52998224725', true],
    ['payer:529.982.247-25.x', true],
    ['1 then 529982247-25', true],
    ['52998224724', false],
    ['152998224725', false],
    ['52998224725000', false],
    ['0a529982-2472-5aaa', false],
    ['', false],
  ])('of %j is %s', (text, expected) => {
    expect(holdsCpf(text)).toBe(expected);
  });
});

describe('masks', () => {
  it('show a little of each', () => {
    expect(maskCpf('52998224725')).toBe('***.982.247-**');
    expect(maskName('Ana Souza')).toBe('A** S****');
    expect(maskEmail('ana@example.com')).toBe('a***@example.com');
    expect(maskPhone('+5511987654321')).toBe('**********4321');
  });
});

describe('an API key', () => {
  const key = makeApiKey(Uint8Array.from([0, 1, 2, 31, 32, 33, 254, 255]), 'x'.repeat(43));

  it('begins with what names it', () => {
    expect(key.prefix).toBe('brk_012Z01YZ');
    expect(key.secret).toBe(`brk_012Z01YZ_${'x'.repeat(43)}`);
  });

  it.each([
    [{}, true],
    [{ validUntilMs: 1_001 }, true],
    [{ validUntilMs: 1_000 }, false],
    [{ revokedAt: '2026-11-24T15:00:00Z' }, false],
    [{ revokedAt: '2026-11-24T15:00:00Z', validUntilMs: 9_999 }, false],
  ])('of %o is live: %s', (life, expected) => {
    expect(isLive(life, 1_000)).toBe(expected);
  });
});

it('nobody is born today', () => {
  expect(isBornBefore('2026-11-23', '2026-11-24')).toBe(true);
  expect(isBornBefore('2026-11-24', '2026-11-24')).toBe(false);
});

describe('retentionDuty', () => {
  const closed = { closedAtMs: at('2026-11-24T15:00:00Z'), lastEntryAtMs: at('2026-11-20T15:00:00Z') };
  const corrected = { ...closed, lastEntryAtMs: at('2027-02-28T15:00:00Z') };
  const until = (text: string) => ({ reason: 'RECORDS_MUST_BE_KEPT', untilMs: at(text) });

  it.each([
    [
      'an open account, however old',
      { ...closed, closedAtMs: null },
      '2099-01-01T00:00:00Z',
      { reason: 'ACCOUNT_OPEN' },
    ],
    ['a closed account', closed, '2026-11-25T00:00:00Z', until('2031-11-24T15:00:00Z')],
    [
      'one without any entry',
      { ...closed, lastEntryAtMs: null },
      '2026-11-25T00:00:00Z',
      until('2031-11-24T15:00:00Z'),
    ],
    ['the last moment', closed, '2031-11-24T14:59:59Z', until('2031-11-24T15:00:00Z')],
    ['five years', closed, '2031-11-24T15:00:00Z', null],
    ['an entry after the closing', corrected, '2031-11-24T15:00:00Z', until('2032-02-28T15:00:00Z')],
  ])('answers for %s', (_what, records, now, duty) => {
    expect(retentionDuty(records, at(now))).toEqual(duty);
  });
});

describe('closingObstacle', () => {
  const balance = {
    availableCents: cents(0),
    blockedCents: cents(0),
    receivableCents: cents(0),
    payableCents: cents(0),
  };
  const empty = { balance, hasShares: false, hasOpenOrders: false, hasPendingTransfers: false };
  const holding = (fields: Partial<typeof balance>) => ({ balance: { ...balance, ...fields } });

  it.each([
    [null, {}],
    ['SHARES', { hasShares: true }],
    ['MONEY', { ...holding({ availableCents: cents(1) }), hasShares: true }],
    ['PENDING_TRANSFERS', { ...holding({ availableCents: cents(1) }), hasPendingTransfers: true }],
    ['RECEIVABLE', { ...holding({ receivableCents: cents(1) }), hasPendingTransfers: true }],
    ['PAYABLE', holding({ payableCents: cents(1), receivableCents: cents(1) })],
    ['BLOCKED_MONEY', holding({ blockedCents: cents(1), payableCents: cents(1) })],
    ['OPEN_ORDERS', { ...holding({ blockedCents: cents(1) }), hasOpenOrders: true }],
    ['DEBT', { ...holding({ availableCents: cents(-1) }), hasOpenOrders: true }],
  ])('names %s first', (obstacle, fields) => {
    expect(closingObstacle({ ...empty, ...fields })).toBe(obstacle);
  });
});

describe('shares', () => {
  const assessed = { profile: 'MODERATE', assessedAtMs: at('2024-02-29T15:00:00Z'), declaredCause: null } as const;

  it.each([
    [null, { profile: 'MODERATE' }, '2029-03-01T14:59:59Z'],
    [null, { profile: 'AGGRESSIVE' }, '2026-11-24T15:00:00Z'],
    ['CONSERVATIVE_PROFILE', { profile: 'CONSERVATIVE' }, '2026-11-24T15:00:00Z'],
    ['NO_PROFILE', { profile: null }, '2026-11-24T15:00:00Z'],
    ['PROFILE_EXPIRED', { profile: 'AGGRESSIVE' }, '2029-03-01T15:00:00Z'],
    ['PROFILE_EXPIRED', { profile: 'CONSERVATIVE' }, '2029-03-01T15:00:00Z'],
  ] as const)('are unsuitable by %s for %o at %s, until that is declared', (cause, fields, now) => {
    const suitability = { ...assessed, ...fields };
    expect(unsuitabilityOf(suitability, at(now))).toBe(cause);
    expect(undeclaredCause(suitability, at(now))).toBe(cause);
    for (const declaredCause of UNSUITABILITY_CAUSES) {
      expect(undeclaredCause({ ...suitability, declaredCause }, at(now))).toBe(declaredCause === cause ? null : cause);
    }
  });
});
