import { describe, expect, it } from 'vitest';
import { readOptions, UsageError } from './options.ts';

describe('readOptions', () => {
  it('starts a stack of its own and does not wait, unless told otherwise', () => {
    expect(readOptions(['day.csv'], {})).toEqual({
      file: 'day.csv',
      speed: null,
      limit: undefined,
      symbols: undefined,
      allowPartial: false,
      target: null,
    });
  });

  it('reads speed, limit and a running stack', () => {
    const day = ['day.csv', '--speed', '60', '--limit', '100', '--symbols', 'PETR4,VALE3', '--allow-partial'];
    const args = [...day, '--api', 'http://127.0.0.1:3300'];
    expect(readOptions(args, { EXCHANGE_API_KEY: 'k' })).toEqual({
      file: 'day.csv',
      speed: 60,
      limit: 100,
      symbols: ['PETR4', 'VALE3'],
      allowPartial: true,
      target: {
        apiUrl: 'http://127.0.0.1:3300',
        awsUrl: 'http://127.0.0.1:4566',
        exchangeUrl: 'http://127.0.0.1:4600',
        exchangeApiKey: 'k',
      },
    });
  });

  it.each([
    ['no file', []],
    ['two files', ['a.csv', 'b.csv']],
    ['an unknown option', ['a.csv', '--fast']],
    ['a speed of 0', ['a.csv', '--speed', '0']],
    ['a speed that is none', ['a.csv', '--speed', 'quick']],
    ['half an event', ['a.csv', '--limit', '1.5']],
    ['an address that is none', ['a.csv', '--api', 'here']],
    ['an AWS address alone', ['a.csv', '--aws', 'http://127.0.0.1:4566']],
  ])('refuses %s', (_name, args) => {
    expect(() => readOptions(args, {})).toThrow(UsageError);
  });
});
