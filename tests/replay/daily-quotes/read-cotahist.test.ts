import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Line, readLines } from '../read-lines.ts';
import { readCotahist } from './read-cotahist.ts';

const DATA = new URL('../../../../shared/data/', import.meta.url).pathname;
const WHOLE = `${DATA}COTAHIST_D25062021.TXT`;
const CUT = `${DATA}COTAHIST_D04012016.TXT`;
const REFUSE = { allowPartial: false };

const HEADER = '00COTAHIST.2021BOVESPA 20210625'.padEnd(245);
const QUOTE =
  `01${'20210625'}02${'PETR4'.padEnd(12)}010${'PETROBRAS'.padEnd(12)}${'PN'.padEnd(10)}   R$  ` +
  `${money(2969)}${money(2979)}${money(2895)}${money(2930)}${money(2910)}${money(2909)}${money(2910)}` +
  `${digits(12, 5)}${digits(3_400, 18)}${digits(99_000_00, 18)}${digits(0, 13)}0${'99991231'}${digits(1, 7)}${digits(0, 13)}BRPETRACNPR6107`;
const trailer = (count: number) => `99COTAHIST.2021BOVESPA 20210625${digits(count, 11)}`.padEnd(245);

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
function money(cents: number): string {
  return digits(cents, 13);
}

async function* linesOf(...texts: string[]): AsyncGenerator<Line> {
  for (const [index, text] of texts.entries()) yield { number: index + 1, text, isEnded: true };
}

const read = (...texts: string[]) => readCotahist('day.txt', linesOf(...texts), REFUSE);

describe('a sound file', () => {
  it('gives its quotes', async () => {
    const { date, quotes, missing } = await read(HEADER, QUOTE, trailer(3));
    expect({ date, missing }).toEqual({ date: '2021-06-25', missing: null });
    expect(quotes).toMatchObject([
      {
        symbol: 'PETR4',
        openCents: 2969,
        highCents: 2979,
        lowCents: 2895,
        lastCents: 2910,
        quantity: 3400,
        trades: 12,
      },
    ]);
  });
});

describe('a file that is not sound', () => {
  it.each<readonly [what: string, lines: readonly string[], message: string]>([
    [
      'is short of records',
      [HEADER, QUOTE, trailer(5)],
      'day.txt:3: the trailer announces 5 records and there are 3: 2 are missing',
    ],
    ['has no trailer', [HEADER, QUOTE], 'day.txt:2: the trailer is missing, after 1 quotes'],
    ['goes on after the trailer', [HEADER, trailer(2), QUOTE], 'day.txt:3: there is more after the trailer'],
    ['has a short record', [HEADER, QUOTE.slice(1), trailer(3)], 'day.txt:2: the record has 244 characters, not 245'],
    ['has an unknown record', [HEADER, `55${QUOTE.slice(2)}`], 'day.txt:2: TIPREG: "55" is no kind of record'],
    [
      'has a quote of another day',
      [HEADER, QUOTE.replace('20210625', '20210624')],
      'day.txt:2: DATA DO PREGÃO: is 2021-06-24, while the file is of 2021-06-25',
    ],
    [
      'has a price in letters',
      [HEADER, QUOTE.replace(money(2969), '000000000296X')],
      'day.txt:2: PREABE: "000000000296X" is no whole number',
    ],
    [
      'opens above its high',
      [HEADER, QUOTE.replace(money(2969), money(3000))],
      'day.txt:2: PREABE: 3000 centavos is not within 2895 and 2979',
    ],
    ['has no date', ['00COTAHIST.2021BOVESPA 20211325'.padEnd(245)], 'day.txt:1: DATA DA GERAÇÃO: is no date'],
  ])('is refused: it %s', async (_what, lines, message) => {
    await expect(read(...lines)).rejects.toThrow(message);
  });
});

describe.skipIf(!existsSync(WHOLE))('files of B3', () => {
  it('reads a whole day', async () => {
    const { quotes } = await readCotahist(WHOLE, readLines(WHOLE), REFUSE);
    expect(quotes).toHaveLength(7_518);
    expect(quotes.find(({ symbol }) => symbol === 'PETR4')).toMatchObject({
      bdiCode: '02',
      marketType: '010',
      openCents: 2969,
      highCents: 2979,
      lowCents: 2895,
      lastCents: 2910,
    });
  });

  it('refuses a cut one, naming what is missing, unless a part will do', async () => {
    const message = /announces 1745 records and there are \d+: \d+ are missing/;
    await expect(readCotahist(CUT, readLines(CUT), REFUSE)).rejects.toThrow(message);
    const part = await readCotahist(CUT, readLines(CUT), { allowPartial: true });
    expect(part.missing).toMatch(message);
    expect(part.quotes.length).toBeGreaterThan(400);
  });
});
