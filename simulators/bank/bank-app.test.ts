import type { BankEvent } from '@brokerage/contracts/bank';
import * as contract from '@brokerage/contracts/bank';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock, NOON_MS, settled } from '../testing/manual-clock.ts';
import { RecordingReceiver } from '../testing/recording-receiver.ts';
import { bankApp } from './bank-app.ts';
import { BankService } from './bank-service.ts';
import { BankStore } from './bank-store.ts';
import { brCode, crc16 } from './br-code.ts';

const LINGER_MS = 20;
const ANA = '52998224725';
const headers = { authorization: 'Bearer key' };
let clock: ManualClock;
let receiver: RecordingReceiver;
let service: BankService;
let app: FastifyInstance;

beforeEach(() => {
  clock = new ManualClock();
  receiver = new RecordingReceiver();
  service = new BankService({
    clock,
    store: new BankStore(':memory:'),
    seed: 7,
    send: receiver.send,
    webhookUrl: 'http://brokerage',
    webhookSecret: 'secret',
    lingerMs: LINGER_MS,
  });
  app = bankApp(service, 'key');
});
afterEach(async () => {
  await app.close();
  service.close();
});

const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload, headers });
const get = (url: string) => app.inject({ url, headers });
const fault = (payload: object) => app.inject({ method: 'PUT', url: '/admin/faults', payload, headers });
const noFaults = () => app.inject({ method: 'DELETE', url: '/admin/faults', headers });
const events = () => receiver.items<BankEvent>('events').flat();
const txidOf = (number: number) => `charge${String(number).padStart(20, '0')}`;
const aCharge = (number = 1) => ({ txid: txidOf(number), amountCents: 10_000, debtorCpf: ANA });
const aPayout = (payoutId = 'WDR-1') => ({ payoutId, amountCents: 5_000, payeeCpf: ANA });

async function eventsAfterLinger(): Promise<BankEvent[]> {
  await clock.advance(LINGER_MS);
  return events();
}

describe('charges', () => {
  test('a charge is paid at once by its debtor, told by a signed webhook', async () => {
    const answer = await post('/charges', aCharge());
    expect(answer.statusCode).toBe(201);
    contract.Charge.parse(answer.json());
    const [event] = await eventsAfterLinger();
    expect(event).toMatchObject({ kind: 'PIX_RECEIVED', seq: 1, txid: txidOf(1), amountCents: 10_000, payerCpf: ANA });
    contract.BankDelivery.parse({ events: events() });
    expect(receiver.posts[0]?.headers['x-bank-signature']).toMatch(/^[0-9a-f]{64}$/);
    expect((await get(`/charges/${txidOf(1)}`)).json().status).toBe('PAID');
  });

  test('the same charge again is the same charge, and paid once; another body is refused', async () => {
    await post('/charges', aCharge());
    expect((await post('/charges', aCharge())).statusCode).toBe(201);
    expect((await post('/charges', { ...aCharge(), amountCents: 1 })).statusCode).toBe(409);
    expect(await eventsAfterLinger()).toHaveLength(1);
  });

  test('end-to-end ids are never given twice', async () => {
    for (let number = 0; number < 40; number += 1) await post('/charges', aCharge(number));
    const ids = (await eventsAfterLinger()).map((event) => (event.kind === 'PIX_RECEIVED' ? event.endToEndId : ''));
    expect(new Set(ids).size).toBe(40);
    expect(ids[0]).toMatch(/^E99999002202611241500[A-Za-z0-9]{11}$/);
  });

  test.each([
    [{ fault: 'pay-as-other-cpf' }, { payerCpf: '12345678909' }],
    [{ fault: 'pay-as-other-cpf', cpf: '26821152098' }, { payerCpf: '26821152098' }],
    [{ fault: 'pay-other-amount', amountCents: 9_999 }, { amountCents: 9_999 }],
  ])('%o', async (setting, expected) => {
    await fault(setting);
    await post('/charges', aCharge());
    expect(await eventsAfterLinger()).toMatchObject([expected]);
  });

  test('held, a charge stays unpaid until the hold ends, or expires', async () => {
    await fault({ fault: 'hold-payments' });
    await post('/charges', aCharge(1));
    await post('/charges', { ...aCharge(2), expiresAtMs: NOON_MS + 1_000 });
    await clock.advance(1_000);
    expect((await get(`/charges/${txidOf(2)}`)).json().status).toBe('EXPIRED');
    await noFaults();
    expect(await eventsAfterLinger()).toMatchObject([{ txid: txidOf(1) }]);
  });

  test('duplicate-webhooks tells the same event twice', async () => {
    await fault({ fault: 'duplicate-webhooks' });
    await post('/charges', aCharge());
    expect((await eventsAfterLinger()).map(({ seq }) => seq)).toEqual([1, 1]);
  });
});

describe('payouts', () => {
  test('a payout is paid once, whatever is sent again', async () => {
    const first = (await post('/payouts', aPayout())).json();
    expect(contract.Payout.parse(first)).toMatchObject({ status: 'PAID', payoutId: 'WDR-1' });
    expect((await post('/payouts', aPayout())).json()).toEqual(first);
    expect((await post('/payouts', { ...aPayout(), amountCents: 1 })).statusCode).toBe(409);
    expect((await get('/payouts/WDR-1')).json()).toEqual(first);
    expect((await get('/payouts/WDR-2')).statusCode).toBe(404);
  });

  test('fail-payout fails for good', async () => {
    await fault({ fault: 'fail-payout' });
    await post('/payouts', aPayout());
    await noFaults();
    expect((await post('/payouts', aPayout())).json()).toMatchObject({
      status: 'FAILED',
      failureReason: 'PAYEE_REFUSED',
    });
  });

  test('pend-payout is paid when it ends, and told', async () => {
    await fault({ fault: 'pend-payout' });
    expect((await post('/payouts', aPayout())).json().status).toBe('PENDING');
    await noFaults();
    expect(await eventsAfterLinger()).toMatchObject([
      { kind: 'PAYOUT_ENDED', payout: { payoutId: 'WDR-1', status: 'PAID' } },
    ]);
  });

  test('return-payout is paid and then comes back', async () => {
    await fault({ fault: 'return-payout' });
    expect((await post('/payouts', aPayout())).json().status).toBe('PAID');
    expect(await eventsAfterLinger()).toMatchObject([{ kind: 'PAYOUT_ENDED', payout: { status: 'RETURNED' } }]);
    expect((await get('/payouts/WDR-1')).json().status).toBe('RETURNED');
  });

  test.each([
    ['hang-payout', 404],
    ['lost-payout-answer', 200],
  ])('%s is never answered', async (name, statusOfQuery) => {
    await fault({ fault: name });
    let answered = false;
    post('/payouts', aPayout()).then(() => {
      answered = true;
    });
    await settled();
    await settled();
    expect(answered).toBe(false);
    expect((await get('/payouts/WDR-1')).statusCode).toBe(statusOfQuery);
  });
});

test('returns give back no more than was paid, each once', async () => {
  await post('/charges', aCharge());
  const [event] = await eventsAfterLinger();
  const endToEndId = event?.kind === 'PIX_RECEIVED' ? event.endToEndId : '';
  const aReturn = (returnId: string, amountCents: number) => post('/returns', { returnId, endToEndId, amountCents });
  const first = (await aReturn('r1', 6_000)).json();
  contract.Return.parse(first);
  expect((await aReturn('r1', 6_000)).json()).toEqual(first);
  expect((await aReturn('r2', 4_001)).statusCode).toBe(422);
  expect((await aReturn('r3', 4_000)).statusCode).toBe(200);
  expect(
    (await post('/returns', { returnId: 'r4', endToEndId: `E${'0'.repeat(20)}abcdefghijk`, amountCents: 1 }))
      .statusCode,
  ).toBe(404);
  expect((await get('/returns/r1')).json()).toEqual(first);
});

test('without the key nothing is answered', async () => {
  for (const url of ['/charges/x', '/payouts/x', '/returns/x']) {
    expect((await app.inject(url)).statusCode).toBe(401);
  }
});

test('the BR Code closes with the CRC16 of all before it', () => {
  expect(crc16('123456789')).toBe('29B1');
  const code = brCode(txidOf(1), 123_405);
  expect(code).toContain('54071234.05');
  expect(code.slice(-4)).toBe(crc16(code.slice(0, -4)));
});
