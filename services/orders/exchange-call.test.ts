import { clOrdId } from '@brokerage/domain/identifiers';
import { describe, expect, it, vi } from 'vitest';
import type { ForeignAnswer, ForeignRequest } from '../platform/foreign-http.ts';
import { createExchangeCall } from './exchange-call.ts';
import { createExchangeGateway } from './exchange-gateway.ts';

const KEY = async () => ({ apiKey: 'key', webhookSecret: 'secret' });

function callAnswering(...answers: readonly ForeignAnswer[]) {
  const foreign = vi.fn(async () => answers[Math.min(foreign.mock.calls.length, answers.length) - 1] as ForeignAnswer);
  return { foreign, call: createExchangeCall(foreign, KEY, 'http://exchange', 3_000) };
}

describe('a call to the exchange', () => {
  it.each<[string, ForeignAnswer, string]>([
    ['no connection', { kind: 'NOT_SENT', reason: 'refused' }, 'unavailable'],
    ['a broken connection', { kind: 'UNKNOWN', reason: 'reset', timedOut: false }, 'unavailable'],
    ['no answer in time', { kind: 'UNKNOWN', reason: 'slow', timedOut: true }, 'unknown'],
    ['503', { kind: 'ANSWERED', status: 503, body: {} }, 'unknown'],
    ['our key refused', { kind: 'ANSWERED', status: 401, body: {} }, 'unavailable'],
    ['an answer', { kind: 'ANSWERED', status: 200, body: {} }, 'answered'],
    ['not found', { kind: 'ANSWERED', status: 404, body: {} }, 'answered'],
  ])('takes %s for what it is', async (_what, given, kind) => {
    expect(await callAnswering(given).call('GET', '/ping')).toMatchObject({ kind });
  });

  it('goes again with the key that a refused one was rotated to', async () => {
    const former = { apiKey: 'former', webhookSecret: 'secret' };
    const renewed = { apiKey: 'renewed', webhookSecret: 'secret' };
    const foreign = vi.fn(async ({ apiKey }: ForeignRequest): Promise<ForeignAnswer> => {
      return { kind: 'ANSWERED', status: apiKey === 'renewed' ? 200 : 401, body: {} };
    });
    const credentials = async (refused?: object) => (refused === former ? renewed : former);
    const call = createExchangeCall(foreign, credentials, 'http://exchange', 3_000);
    expect(await call('POST', '/orders', {})).toMatchObject({ kind: 'answered' });
    expect(foreign.mock.calls.map(([{ apiKey }]) => apiKey)).toEqual(['former', 'renewed']);
  });

  it('throws when the exchange could not read the request: a defect of ours', async () => {
    const { call } = callAnswering({ kind: 'ANSWERED', status: 400, body: { code: 'BAD' } });
    await expect(call('POST', '/orders', {})).rejects.toThrow('could not read our request');
  });

  it('is not made without a key', async () => {
    const foreign = vi.fn();
    const missing = () => Promise.reject(new Error('no secret'));
    const call = createExchangeCall(foreign, missing, 'http://exchange', 3_000);
    expect(await call('POST', '/orders', {})).toMatchObject({ kind: 'unavailable' });
    expect(foreign).not.toHaveBeenCalled();
  });

  it('is not made while the breaker is open, and tried once when it is half open', async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    const { foreign, call } = callAnswering({ kind: 'UNKNOWN', reason: 'slow', timedOut: true });
    for (let failure = 0; failure < 5; failure += 1) await call('GET', '/ping');
    expect(await call('GET', '/ping')).toEqual({ kind: 'unavailable', reason: 'circuit breaker open' });
    expect(foreign).toHaveBeenCalledTimes(5);
    vi.setSystemTime(1_005_001);
    await call('GET', '/ping');
    await call('GET', '/ping');
    expect(foreign).toHaveBeenCalledTimes(6);
    vi.useRealTimers();
  });
});

describe('the gateway', () => {
  it('knows an unheard-of ClOrdID from an answer that breaks the protocol', async () => {
    const gateway = (answer: ForeignAnswer) => createExchangeGateway(callAnswering(answer).call);
    const unheard = gateway({ kind: 'ANSWERED', status: 404, body: { code: 'UNKNOWN_ORDER', message: '' } });
    expect(await unheard.orderState(clOrdId('ORD-1'))).toEqual({ kind: 'answered', answer: null });
    const broken = gateway({ kind: 'ANSWERED', status: 200, body: { ordStatus: 'NEW' } });
    expect(await broken.orderState(clOrdId('ORD-1'))).toMatchObject({ kind: 'unknown' });
  });
});
