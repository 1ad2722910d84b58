import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, test } from 'vitest';
import { readRecordedDay } from '../file-format.ts';
import { aFile, aRow } from '../testing/sample-day.ts';
import { COLUMNS, type Row } from './columns.ts';

const folder = mkdtempSync(join(tmpdir(), 'replay-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The day in a file with this text. */
function read(text: string) {
  const file = join(folder, 'day.csv');
  writeFileSync(file, text);
  return readRecordedDay(file);
}

const TRADE: Partial<Row> = {
  SecondaryOrderID: '502',
  ExecutionType: 'Trade',
  TradedQuantity: '10',
  OrderStatus: 'Filled',
  AgressorIndicator: '2',
};

describe('a file of order events', () => {
  it('becomes events with prices in centavos', async () => {
    const day = await read(aFile(aRow(), aRow({ ...TRADE, PriorityTime: '10:00:00.250500' })));
    expect(day.sessionDate).toBe('2024-03-04');
    expect(day.events).toMatchObject([
      { line: 2, symbol: 'TEST4F', orderNumber: '1001', member: '3', side: 'BUY', kind: 'NEW', priceCents: 780 },
      { line: 3, kind: 'TRADE', sequence: 502, filledQuantity: 10, aggression: 'PASSIVE', timeMs: 36_000_250.5 },
    ]);
  });

  it('stands in the order of the exchange, whatever that of the lines', async () => {
    const later = aRow({ SequentialOrderNumber: '1002', SecondaryOrderID: '503', PriorityTime: '10:00:00.900000' });
    const { events } = await read(aFile(later, aRow()));
    expect(events.map(({ sequence }) => sequence)).toEqual([501, 503]);
  });

  it('may end its lines by LF alone, and is streamed in pieces', async () => {
    const rows = Array.from({ length: 2_000 }, (_, index) =>
      aRow({ SequentialOrderNumber: `${2_000 + index}`, SecondaryOrderID: `${501 + index}` }),
    );
    const { events } = await read(aFile(...rows).replaceAll('\r\n', '\n'));
    expect(events.map(({ orderNumber }) => Number(orderNumber))).toEqual(rows.map((_, index) => 2_000 + index));
  });
});

const MALFORMED: readonly (readonly [field: keyof Row, change: Partial<Row>, reason: string])[] = [
  ['SessionDate', { SessionDate: '04/03/2024' }, 'not a date'],
  ['SessionDate', { SessionDate: '2024-02-30' }, 'is no date'],
  ['InstrumentSymbol', { InstrumentSymbol: 'test4' }, 'not a ticker'],
  ['OrderSide', { OrderSide: 'BUY' }, 'not Buy or Sell'],
  ['SequentialOrderNumber', { SequentialOrderNumber: '' }, 'not an order number'],
  ['SecondaryOrderID', { SecondaryOrderID: '-1' }, 'not an event number'],
  ['ExecutionType', { ExecutionType: 'Expired' }, 'not New, Update, Cancel or Trade'],
  ['PriorityTime', { PriorityTime: '24:00:00.000000' }, 'not a time'],
  ['PriorityIndicator', { PriorityIndicator: '0' }, 'not 10 digits'],
  ['OrderPrice', { OrderPrice: '7.8' }, 'six decimals'],
  ['OrderPrice', { OrderPrice: '7.805000' }, 'no whole centavos'],
  ['OrderPrice', { OrderPrice: '-7.800000' }, 'six decimals'],
  ['OrderPrice', { ExecutionType: 'Update', OrderStatus: 'Replaced', OrderPrice: '0.000000' }, 'above 0'],
  ['TotalQuantity', { TotalQuantity: '0' }, 'from 1 to'],
  ['TotalQuantity', { TotalQuantity: '1e2' }, 'from 1 to'],
  ['TradedQuantity', { ...TRADE, TradedQuantity: '11' }, 'above TotalQuantity 10'],
  ['TradedQuantity', { TradedQuantity: '5' }, 'a New has traded'],
  ['TradedQuantity', { ...TRADE, TradedQuantity: '0', OrderStatus: 'Partially Filled' }, 'traded nothing'],
  ['OrderDatetime', { OrderDatetime: '2024-03-04T25:00:00Z' }, 'no instant'],
  ['OrderStatus', { OrderStatus: 'Rejected' }, 'not New, Replaced'],
  ['OrderStatus', { OrderStatus: 'Canceled' }, 'does not go with New'],
  ['OrderStatus', { ...TRADE, TradedQuantity: '9' }, 'Filled with 9 of 10'],
  ['AgressorIndicator', { AgressorIndicator: '3' }, 'not 0, 1 or 2'],
  ['AgressorIndicator', { AgressorIndicator: '1' }, 'does not go with New'],
  ['Member', { Member: 'XP' }, 'not a member number'],
];

describe('a malformed record', () => {
  it.each(MALFORMED)('is refused by line and field: %s %j', async (field, change, reason) => {
    const ahead = aRow({ SequentialOrderNumber: '999', SecondaryOrderID: '500' });
    await expect(read(aFile(ahead, aRow(change)))).rejects.toMatchObject({
      name: 'InputError',
      line: 3,
      field,
      message: expect.stringContaining(reason),
    });
  });

  it.each([
    ['too few fields', aRow().split(',').slice(0, 8).join(','), 'OrderPrice'],
    ['too many fields', `${aRow()},1`, 'Member'],
    ['an empty line', '', 'InstrumentSymbol'],
  ])('is refused with %s', async (_name, row, field) => {
    await expect(read(aFile(row))).rejects.toMatchObject({ line: 2, field });
  });
});

describe('records that contradict each other', () => {
  const after = { SecondaryOrderID: '502', PriorityTime: '10:00:01.000000' } as const;
  const update = { ...after, ExecutionType: 'Update', OrderStatus: 'Replaced' } as const;
  it.each<readonly [keyof Row, Partial<Row>, Partial<Row>]>([
    ['SessionDate', {}, { ...after, SessionDate: '2024-03-05' }],
    ['SecondaryOrderID', {}, { ...after, SequentialOrderNumber: '1002', SecondaryOrderID: '501' }],
    ['SecondaryOrderID', {}, { ...after, SequentialOrderNumber: '1002', SecondaryOrderID: '500' }],
    ['InstrumentSymbol', {}, { ...update, InstrumentSymbol: 'TEST3F' }],
    ['OrderSide', {}, { ...update, OrderSide: 'Sell' }],
    ['Member', {}, { ...update, Member: '4' }],
    ['TradedQuantity', {}, { ...update, TradedQuantity: '3' }],
    ['ExecutionType', { ExecutionType: 'Cancel', OrderStatus: 'Canceled' }, update],
    ['ExecutionType', TRADE, { ...update, SecondaryOrderID: '503', TradedQuantity: '10' }],
  ])('are refused: %s', async (field, first, second) => {
    await expect(read(aFile(aRow(first), aRow(second)))).rejects.toMatchObject({ line: 3, field });
  });

  it('are refused when a Trade fills nothing more', async () => {
    const half = { ...TRADE, TradedQuantity: '5', OrderStatus: 'Partially Filled' };
    const again = { ...half, SecondaryOrderID: '503' };
    await expect(read(aFile(aRow(), aRow(half), aRow(again)))).rejects.toMatchObject({
      line: 4,
      field: 'TradedQuantity',
    });
  });
});

describe('a file that is cut or none of ours', () => {
  const whole = aFile(aRow());

  it('is refused wherever its last record was cut', async () => {
    const recordStart = whole.indexOf('2024-03-04');
    for (let end = recordStart + 1; end < whole.length; end += 1)
      await expect(read(whole.slice(0, end))).rejects.toMatchObject({ line: 2, field: expect.any(String) });
    await expect(read(whole)).resolves.toMatchObject({ events: [{}] });
  });

  it.each([
    ['nothing', '', 'the file is empty'],
    ['a header alone', aFile(), 'no event behind the header'],
    ['a header that was cut', COLUMNS.slice(0, 5).join(','), 'was cut short here'],
    ['another kind of file', '00COTAHIST.2021BOVESPA 20210625\r\n', 'none of the files'],
    ['a line without end', 'x'.repeat(100_000), 'more than 4096 characters'],
  ])('is refused with %s', async (_name, text, reason) => {
    await expect(read(text)).rejects.toThrow(reason);
  });

  it('is refused with a column that it should not have, by its name', async () => {
    const text = whole.replace('OrderPrice', 'Price');
    await expect(read(text)).rejects.toMatchObject({ line: 1, field: 'OrderPrice' });
    await expect(read(whole.replace('Member', 'Member,More'))).rejects.toMatchObject({ line: 1 });
  });

  it('is refused when it is not there', async () => {
    await expect(readRecordedDay(join(folder, 'none.csv'))).rejects.toThrow('cannot be read (ENOENT)');
    await expect(readRecordedDay(folder)).rejects.toThrow('cannot be read (EISDIR)');
  });
});

const REAL = fileURLToPath(new URL('../../../../shared/data/orders_20151103.csv', import.meta.url));
const hasRealFile = existsSync(REAL);
if (!hasRealFile) console.log(`The real file is not tested: there is no ${REAL}`);

test.skipIf(!hasRealFile)('the real file of 2015-11-03 is sound', async () => {
  const { sessionDate, events } = await readRecordedDay(REAL);
  expect([sessionDate, events.length]).toEqual(['2015-11-03', 20_673]);
  expect(new Set(events.map(({ orderNumber }) => orderNumber)).size).toBe(2_196);
  expect(new Set(events.map(({ member }) => member)).size).toBe(39);
});
