import { describe, expect, it } from 'vitest';
import type { ForeignAnswer, ForeignRequest } from '../platform/foreign-http.ts';
import { createBankGateway } from './bank-gateway.ts';
import { NOON } from './testing/builders.ts';

const PAYOUT = {
  payoutId: 'WDR-1',
  amountCents: 1,
  status: 'PAID',
  endToEndId: null,
  failureReason: null,
  updatedAtMs: NOON,
};
const payout = { payoutId: 'WDR-1', amountCents: 1, payeeCpf: '52998224725' };
const answered = (status: number, body: unknown): ForeignAnswer => ({ kind: 'ANSWERED', status, body });

function aBank(answer: ForeignAnswer) {
  const requests: ForeignRequest[] = [];
  const call = async (request: ForeignRequest) => {
    requests.push(request);
    return answer;
  };
  const credentials = async () => ({ apiKey: 'bank-key', webhookSecret: 's' });
  return { bank: createBankGateway('http://bank', credentials, call), requests };
}

describe('the bank gateway', () => {
  it('posts with its key', async () => {
    const { bank, requests } = aBank(answered(200, PAYOUT));
    expect(await bank.payOut(payout)).toEqual({ kind: 'ACCEPTED', value: PAYOUT });
    expect(requests).toMatchObject([{ method: 'POST', url: 'http://bank/payouts', apiKey: 'bank-key', body: payout }]);
  });

  it.each([
    ['400', answered(400, { code: 'INVALID', message: '' }), 'REFUSED'],
    ['422', answered(422, 'text'), 'REFUSED'],
    ['401', answered(401, {}), 'UNKNOWN'],
    ['404', answered(404, {}), 'UNKNOWN'],
    ['409', answered(409, { code: 'ID_REUSED', message: '' }), 'UNKNOWN'],
    ['500', answered(500, {}), 'UNKNOWN'],
    ['200 with a body of another form', answered(200, { status: 'PAID' }), 'UNKNOWN'],
    ['no connection', { kind: 'NOT_SENT', reason: 'refused' }, 'UNKNOWN'],
    ['no answer', { kind: 'UNKNOWN', reason: 'timeout', timedOut: true }, 'UNKNOWN'],
  ] as const)('takes %s for %s', async (_what, answer, kind) => {
    expect((await aBank(answer).bank.payOut(payout)).kind).toBe(kind);
  });
});
