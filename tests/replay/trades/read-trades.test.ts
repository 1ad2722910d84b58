import { describe, expect, it } from 'vitest';
import type { Line } from '../read-lines.ts';
import { isTradesFile, readTrades, type TradesOptions } from './read-trades.ts';

const HEADER =
  'DataReferencia;CodigoInstrumento;AcaoAtualizacao;PrecoNegocio;QuantidadeNegociada;HoraFechamento;CodigoIdentificadorNegocio;TipoSessaoPregao;DataNegocio;CodigoParticipanteComprador;CodigoParticipanteVendedor';
const OLD_HEADER = 'RptDt;TckrSymb;UpdActn;GrssTradAmt;TradQty;NtryTm;TradId;TradgSsnId;TradDt';
/** Lines of B3. */
const PETR4 = '2026-07-14;PETR4;0;41,200;5500;100719126;10;1;2026-07-14;85;8';
const AFTER_MARKET = '2026-07-14;ITUB4;0;43,390;200;020118304;205660;6;2026-07-13;3;1618';

const ALL: TradesOptions = { allowPartial: false, symbols: null };

async function* linesOf(texts: readonly string[], cut = false): AsyncGenerator<Line> {
  for (const [index, text] of texts.entries()) {
    yield { number: index + 1, text, isEnded: !cut || index < texts.length - 1 };
  }
}

const read = (...texts: string[]) => readTrades('day.txt', linesOf(texts), ALL);

const aTrade = (id: number, fields: { symbol?: string; action?: 0 | 2; price?: string; time?: string } = {}) => {
  const { symbol = 'PETR4', action = 0, price = '41,200', time = '100719126' } = fields;
  return `2026-07-14;${symbol};${action};${price};100;${time};${id};1;2026-07-14;85;8`;
};

describe('readTrades', () => {
  it('knows the file by its first line', () => {
    expect([HEADER, OLD_HEADER, '00COTAHIST.2021', ''].map(isTradesFile)).toEqual([true, true, false, false]);
  });

  it.each([
    ['new', HEADER, PETR4],
    ['old', OLD_HEADER, PETR4.split(';').slice(0, 9).join(';')],
    ['newest', `${HEADER};TipoDoCanal`, `${PETR4};1`],
  ])('reads the %s columns', async (_which, header, row) => {
    const timeMs = Date.UTC(1970, 0, 1, 10, 7, 19, 126);
    expect(await read(header, row)).toEqual({
      date: '2026-07-14',
      trades: [{ symbol: 'PETR4', timeMs, priceCents: 4_120, quantity: 5_500 }],
      missing: null,
    });
  });

  it('leaves out trades of other sessions and those that were cancelled', async () => {
    const { trades } = await read(HEADER, aTrade(10), AFTER_MARKET, aTrade(20), aTrade(10, { action: 2 }));
    expect(trades).toHaveLength(1);
  });

  it('orders by time and, within an instant, by the number of the trade', async () => {
    const rows = [
      aTrade(100, { price: '1,00' }),
      aTrade(20, { price: '2,00' }),
      aTrade(30, { price: '3,00', time: '95959999' }),
    ];
    expect((await read(HEADER, ...rows)).trades.map(({ priceCents }) => priceCents)).toEqual([300, 200, 100]);
  });

  it('reads some instruments alone, and yet checks all', async () => {
    const options = { allowPartial: false, symbols: new Set(['VALE3']) };
    const rows = [HEADER, aTrade(10), aTrade(10, { symbol: 'VALE3' })];
    const { trades } = await readTrades('day.txt', linesOf(rows), options);
    expect(trades.map(({ symbol }) => symbol)).toEqual(['VALE3']);
    const unsound = [...rows, aTrade(20, { price: '41.20' })];
    await expect(readTrades('day.txt', linesOf(unsound), options)).rejects.toThrow('day.txt:4: PrecoNegocio');
  });
});

describe('a file that is not sound', () => {
  it.each<readonly [what: string, rows: readonly string[], message: string]>([
    [
      'has another column',
      [HEADER.replace('PrecoNegocio', 'Preco')],
      'day.txt:1: PrecoNegocio: the header says "Preco"',
    ],
    ['has no trade', [HEADER], 'day.txt: there is no trade behind the header'],
    ['has a short record', [HEADER, '2026-07-14;PETR4;0'], 'day.txt:2: PrecoNegocio: the record has 3 fields, not 9'],
    [
      'has a price between centavos',
      [HEADER, aTrade(10, { price: '41,205' })],
      'day.txt:2: PrecoNegocio: "41,205" is not a price above 0 in whole centavos',
    ],
    ['has a price of 0', [HEADER, aTrade(10, { price: '0,000' })], 'PrecoNegocio: "0,000" is not a price above 0'],
    [
      'has an impossible time',
      [HEADER, aTrade(10, { time: '246000000' })],
      'HoraFechamento: "246000000" is not a time',
    ],
    [
      'has an unknown action',
      [HEADER, PETR4.replace(';0;', ';1;')],
      'AcaoAtualizacao: "1" is not 0 (a trade) or 2 (its cancellation)',
    ],
    [
      'cancels what was not traded',
      [HEADER, aTrade(10), aTrade(20, { action: 2 })],
      'day.txt:3: AcaoAtualizacao: there is no trade 20 of PETR4 before',
    ],
    [
      'has a trade twice',
      [HEADER, aTrade(10), aTrade(10)],
      'day.txt:3: CodigoIdentificadorNegocio: PETR4 has a trade 10 already',
    ],
    [
      'is of two days',
      [HEADER, aTrade(10), PETR4.replaceAll('2026-07-14', '2026-07-15')],
      'day.txt:3: DataReferencia: 2026-07-15 in a file of 2026-07-14',
    ],
    ['names its old columns', [OLD_HEADER, aTrade(10, { price: '1' })], 'day.txt:2: GrssTradAmt: "1" is not a price'],
  ])('is refused: it %s', async (_what, rows, message) => {
    await expect(read(...rows)).rejects.toThrow(message);
  });

  it('is refused when it was cut, unless a part will do', async () => {
    const rows = [HEADER, aTrade(10), aTrade(20).slice(0, -1)];
    const message = 'the line has no end: the file was cut short here';
    await expect(readTrades('day.txt', linesOf(rows, true), ALL)).rejects.toThrow(`day.txt:3: ${message}`);
    const part = await readTrades('day.txt', linesOf(rows, true), { ...ALL, allowPartial: true });
    expect(part.missing).toBe(message);
    expect(part.trades).toHaveLength(1);
  });
});
