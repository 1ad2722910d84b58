import { existsSync } from 'node:fs';
import type { PriceView } from '@brokerage/contracts/rest/prices';
import { exchangeCredentials } from '@brokerage/simulators/credentials';
import { describe, expect, it } from 'vitest';
import { readCotahist } from '../replay/daily-quotes/read-cotahist.ts';
import { replayQuotes } from '../replay/daily-quotes/replay-quotes.ts';
import { readLines } from '../replay/read-lines.ts';
import { useStack } from './stack.ts';

const DAY = new URL('../../../shared/data/COTAHIST_D25062021.TXT', import.meta.url).pathname;
/** Of 745: the replay by hand takes all of them. */
const ROUND_LOTS = 100;
/** Its price is that of a thousand shares. */
const PER_THOUSAND = 'FNAM11';

describe.skipIf(!existsSync(DAY))('a real day', async () => {
  const stack = await useStack();

  it('traded through the books, shows in prices and daily candles as B3 recorded it', async () => {
    const { apiPort, awsPort, exchangePort } = stack.addresses;
    const [apiUrl, awsUrl, exchangeUrl] = [apiPort, awsPort, exchangePort].map((port) => `http://127.0.0.1:${port}`);
    const target = { apiUrl, awsUrl, exchangeUrl, exchangeApiKey: exchangeCredentials({}).apiKey } as Parameters<
      typeof replayQuotes
    >[0];
    const day = await readCotahist(DAY, readLines(DAY), { allowPartial: false });
    const roundLots = day.quotes.filter(({ bdiCode, marketType }) => bdiCode === '02' && marketType === '010');
    const symbols = ['PETR4', PER_THOUSAND, ...roundLots.slice(0, ROUND_LOTS).map(({ symbol }) => symbol)];

    const { instruments, differences } = await replayQuotes(target, day, { symbols, speed: null });

    expect(instruments.length).toBeGreaterThanOrEqual(ROUND_LOTS);
    expect(differences).toEqual([]);
    const { body } = await stack.ana.request<PriceView>('GET', '/v1/prices/PETR4');
    expect(body).toMatchObject({ open: '29.69', high: '29.79', low: '28.95', price: '29.10' });
    const { body: perThousand } = await stack.ana.request<PriceView>('GET', `/v1/prices/${PER_THOUSAND}`);
    expect(Number(perThousand.vwap)).toBeGreaterThanOrEqual(Number(perThousand.low));
    expect(Number(perThousand.vwap)).toBeLessThanOrEqual(Number(perThousand.high));
  });
});
