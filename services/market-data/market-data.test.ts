import type { Instrument } from '@brokerage/domain/instruments/instrument';
import { NOON, PETR4, PETR4F } from '@brokerage/domain/testing/builders';
import { describe, expect, it } from 'vitest';
import type { ForeignAnswer } from '../platform/foreign-http.ts';
import { createInstrumentsStore } from '../platform/instruments-store.ts';
import type { Tables } from '../platform/tables.ts';
import { createMarketDataGateway } from './market-data-gateway.ts';
import { syncInstruments } from './sync-instruments.ts';
import { quietFigures } from './testing/ticks.ts';

const credentials = async () => ({ apiKey: 'k', webhookSecret: 's' });
const quote = { ...quietFigures('PETR4'), lastCents: 3_000, lastTimeMs: NOON };
const session = { state: 'OPEN', tradeDate: '2026-11-24', opensAtMs: null, endsAtMs: NOON };
const AWAY: ForeignAnswer = { kind: 'NOT_SENT', reason: 'refused' };
const heard = (lastCents: number): ForeignAnswer => ({
  kind: 'ANSWERED',
  status: 200,
  body: { nowMs: NOON, session, quotes: [{ ...quote, lastCents }] },
});

/** A gateway over answers given in turn, on a clock that the test moves. */
function aGateway(...answers: ForeignAnswer[]) {
  const clock = { nowMs: NOON as number };
  let calls = 0;
  const call = async () => answers[Math.min(calls++, answers.length - 1)]!;
  const gateway = createMarketDataGateway({ baseUrl: 'http://x', credentials, call, now: () => clock.nowMs });
  return { gateway, clock, calls: () => calls };
}

describe('the market data gateway', () => {
  it('asks once for all symbols within a second', async () => {
    const { gateway, clock, calls } = aGateway(heard(3_000), heard(3_010));
    const [petr4, vale3] = await Promise.all([gateway.snapshot('PETR4'), gateway.snapshot('VALE3')]);
    expect(petr4).toMatchObject({ lastCents: 3_000, bidCents: 2_999, askCents: null, atMs: NOON });
    expect(vale3).toBeNull();
    clock.nowMs = NOON + 999;
    expect((await gateway.snapshot('PETR4'))?.lastCents).toBe(3_000);
    expect(calls()).toBe(1);
    clock.nowMs = NOON + 1_000;
    expect((await gateway.snapshot('PETR4'))?.lastCents).toBe(3_010);
  });

  it('goes on with what it knows, at its true age, while the exchange is away', async () => {
    const { gateway, clock } = aGateway(heard(3_000), AWAY);
    await gateway.snapshot('PETR4');
    clock.nowMs = NOON + 60_000;
    expect(await gateway.snapshot('PETR4')).toMatchObject({ lastCents: 3_000, atMs: NOON });
  });

  it.each([
    ['no connection', AWAY],
    ['an error', { kind: 'ANSWERED', status: 503, body: {} }],
    ['nonsense', { kind: 'ANSWERED', status: 200, body: { quotes: 1 } }],
  ] as const)('knows nothing by %s, and does not ask in vain twice a second', async (_what, answer) => {
    const { gateway, calls } = aGateway(answer);
    expect(await gateway.snapshot('PETR4')).toBeNull();
    expect(await gateway.snapshot('PETR4')).toBeNull();
    expect(calls()).toBe(1);
  });
});

describe('the instruments store', () => {
  it('keeps an instrument for five minutes, and looks unknown ones up each time', async () => {
    let nowMs = 0;
    const reads: unknown[] = [];
    const get = async (_table: string, { symbol }: { symbol: string }) => {
      reads.push(symbol);
      return symbol === 'PETR4' ? PETR4 : null;
    };
    const store = createInstrumentsStore({ get } as unknown as Tables, 'Instruments', () => nowMs);
    for (const symbol of ['PETR4', 'PETR4', 'XXXX9', 'XXXX9']) await store.find(symbol);
    expect(reads).toEqual(['PETR4', 'XXXX9', 'XXXX9']);
    nowMs = 300_000;
    expect(await store.find('PETR4')).toEqual(PETR4);
    expect(reads).toHaveLength(4);
  });
});

describe('syncInstruments', () => {
  const listed = {
    symbol: 'PETR4',
    mainSymbol: 'PETR4',
    isin: PETR4.isin,
    name: 'PETROBRAS PN',
    fractional: false,
    lotSize: 100,
    maxOrderQuantity: null,
    tickCents: 1,
    quotationFactor: 1,
    previousCloseCents: 3_000,
  };
  const fractional = { ...listed, symbol: 'PETR4F', fractional: true, lotSize: 1, maxOrderQuantity: 99 };
  const perThousand = { ...listed, symbol: 'FNAM11', mainSymbol: 'FNAM11', quotationFactor: 1000 };

  async function synced(answer: ForeignAnswer) {
    const saved: Instrument[] = [];
    const save = async (instruments: readonly Instrument[]) => void saved.push(...instruments);
    await syncInstruments({ baseUrl: 'http://x', credentials, call: async () => answer, save });
    return saved;
  }

  it('copies both books of a share, and leaves out what is quoted per thousand', async () => {
    const body = { instruments: [fractional, listed, perThousand] };
    expect(await synced({ kind: 'ANSWERED', status: 200, body })).toEqual([PETR4, PETR4F]);
  });

  it.each([
    ['is away', AWAY],
    ['fails', { kind: 'ANSWERED', status: 500, body: {} }],
    ['breaks the protocol', { kind: 'ANSWERED', status: 200, body: {} }],
  ] as const)('fails when the exchange %s, so that the former copy stays', async (_what, answer) => {
    await expect(synced(answer)).rejects.toThrow();
  });
});
