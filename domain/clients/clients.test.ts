import { describe, expect, it } from 'vitest';
import { isLive, makeApiKey } from './api-key.ts';
import { holdsCpf, parseCpf } from './cpf.ts';
import { maskCpf, maskEmail, maskName, maskPhone } from './masking.ts';
import { isBornBefore } from './registration.ts';
import { retentionDuty } from './retention.ts';

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
  const opened = { openedAtMs: at('2026-11-24T15:00:00Z'), lastEntryAtMs: null, hasHoldings: false };
  const traded = { ...opened, lastEntryAtMs: at('2027-02-28T15:00:00Z') };
  const until = (text: string) => ({ reason: 'RECORDS_MUST_BE_KEPT', untilMs: at(text) });

  it.each([
    ['what is owned', { ...opened, hasHoldings: true }, '2099-01-01T00:00:00Z', { reason: 'ACCOUNT_NOT_EMPTY' }],
    ['a new account', opened, '2026-11-25T00:00:00Z', until('2031-11-24T15:00:00Z')],
    ['the last day', opened, '2031-11-24T14:59:59Z', until('2031-11-24T15:00:00Z')],
    ['five years', opened, '2031-11-24T15:00:00Z', null],
    ['the last entry', traded, '2031-11-24T15:00:00Z', until('2032-02-28T15:00:00Z')],
  ])('answers for %s', (_what, records, now, duty) => {
    expect(retentionDuty(records, at(now))).toEqual(duty);
  });
});
