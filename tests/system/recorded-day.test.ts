import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { MarketTraders } from '@brokerage/contracts/exchange';
import type { PriceView } from '@brokerage/contracts/rest/prices';
import { exchangeCredentials } from '@brokerage/simulators/credentials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCotahist } from '../replay/daily-quotes/read-cotahist.ts';
import { replayQuotes } from '../replay/daily-quotes/replay-quotes.ts';
import { readLines } from '../replay/read-lines.ts';
import type { ReplayTarget } from '../replay/run/replay-target.ts';
import { eventually } from '../stack/eventually.ts';
import { SystemStack } from './stack.ts';

const DAY = new URL('../../../shared/data/COTAHIST_D25062021.TXT', import.meta.url).pathname;
const REPLAY = new URL('../replay/main.ts', import.meta.url).pathname;
/** That of a stack which first has to bundle its functions. */
const START_LIMIT_MS = 180_000;
/** Of 745: the replay by hand takes all of them. */
const ROUND_LOTS = 100;
/** Its price is that of a thousand shares. */
const PER_THOUSAND = 'FNAM11';
const PETR4_OF_THE_DAY = { open: '29.69', high: '29.79', low: '28.95', price: '29.10' };

describe.skipIf(!existsSync(DAY))('a real day', () => {
  // Started by a hook: a group that is skipped still runs its body, and nobody would stop the stack.
  let stack: SystemStack;
  beforeAll(async () => {
    stack = await SystemStack.start();
  }, START_LIMIT_MS);
  afterAll(() => stack.stop());
  const urlOf = (port: number) => `http://127.0.0.1:${port}`;
  const targetOf = ({ apiPort, awsPort, exchangePort }: SystemStack['addresses']): ReplayTarget => ({
    apiUrl: urlOf(apiPort),
    awsUrl: urlOf(awsPort),
    exchangeUrl: urlOf(exchangePort),
    exchangeApiKey: exchangeCredentials({}).apiKey,
  });
  const priceOf = async (symbol: string) => (await stack.ana.request<PriceView>('GET', `/v1/prices/${symbol}`)).body;

  it('traded through the books, shows in prices and daily candles as B3 recorded it', async () => {
    const day = await readCotahist(DAY, readLines(DAY), { allowPartial: false });
    const roundLots = day.quotes.filter(({ bdiCode, marketType }) => bdiCode === '02' && marketType === '010');
    const symbols = ['PETR4', 'PETR4F', PER_THOUSAND, ...roundLots.slice(0, ROUND_LOTS).map(({ symbol }) => symbol)];

    const { instruments, differences } = await replayQuotes(targetOf(stack.addresses), day, { symbols, speed: null });

    expect(instruments.length).toBeGreaterThanOrEqual(ROUND_LOTS);
    expect(differences).toEqual([]);
    expect(await priceOf('PETR4')).toMatchObject(PETR4_OF_THE_DAY);
    expect(await priceOf('PETR4F')).toMatchObject({ open: '29.63', high: '29.78', low: '28.96', price: '29.11' });
    const { vwap, low, high } = await priceOf(PER_THOUSAND);
    expect(Number(vwap)).toBeGreaterThanOrEqual(Number(low));
    expect(Number(vwap)).toBeLessThanOrEqual(Number(high));
  });

  describe('replayed by hand', () => {
    const EVERYBODY: MarketTraders = { makers: true, noise: true };
    const traders = () => stack.exchange.call<MarketTraders>('GET', '/admin/market');
    const replay = (change: Partial<ReplayTarget>, ...options: readonly string[]) => {
      const { apiUrl, awsUrl, exchangeUrl } = { ...targetOf(stack.addresses), ...change };
      const where = ['--api', apiUrl, '--aws', awsUrl, '--exchange', exchangeUrl, '--symbols', 'PETR4'];
      return spawn(process.execPath, [REPLAY, DAY, ...where, ...options], { stdio: 'ignore' });
    };
    beforeAll(() => stack.exchange.call('PUT', '/admin/market', EVERYBODY));

    it('gives the market back to makers and noise traders, and the day stands as it was', async () => {
      expect(await once(replay({}), 'exit')).toEqual([0, null]);
      expect(await traders()).toEqual(EVERYBODY);
      const price = await eventually(
        'the makers quote',
        () => priceOf('PETR4'),
        ({ bid, ask }) => bid !== null && ask !== null,
      );
      expect(price).toMatchObject({ ...PETR4_OF_THE_DAY, bid: '29.09', ask: '29.11' });
    });

    it('does so when it is interrupted', async () => {
      const slow = replay({}, '--speed', '1');
      await eventually('the market is left to the file', traders, ({ makers }) => !makers);
      slow.kill('SIGINT');
      expect(await once(slow, 'exit')).toEqual([1, null]);
      expect(await traders()).toEqual(EVERYBODY);
    });

    it('does so when it fails', async () => {
      expect(await once(replay({ apiUrl: urlOf(9) }), 'exit')).toEqual([1, null]);
      expect(await traders()).toEqual(EVERYBODY);
    });
  });
});
