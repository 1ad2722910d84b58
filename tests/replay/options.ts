import { parseArgs } from 'node:util';
import { exchangeCredentials } from '@brokerage/simulators/credentials';
import type { Speed } from './run/replay-lanes.ts';
import type { ReplayTarget } from './run/replay-target.ts';

export interface ReplayOptions {
  readonly file: string;
  readonly speed: Speed;
  /** Events of the file, Trade records included; undefined: all. */
  readonly limit: number | undefined;
  /** Of quotes and trades: only these instruments; undefined: all of the cash market and its fractional books. */
  readonly symbols: readonly string[] | undefined;
  /** Of quotes and trades: takes what is there of a file that was cut. */
  readonly allowPartial: boolean;
  /** Null: a stack of the replay's own. */
  readonly target: ReplayTarget | null;
}

/** What is wrong with the command line. */
export class UsageError extends Error {}

export const USAGE = `npm run replay -- <file> [--speed max|N] [--limit N] [--symbols A,B] [--allow-partial] [--api URL] [--aws URL] [--exchange URL]

  <file>       order events of a day (CSV), or B3's daily quotes (COTAHIST) or trades (negócio a negócio)
  --speed N    N times as fast as the day was; max, the standard, does not wait
  --limit N    only the first N events of the day
  --symbols    of quotes and trades: only these instruments
  --allow-partial
               of quotes and trades: replays what is there of a file that was cut
  --api URL    a running stack's API, with --aws (standard http://127.0.0.1:4566) and --exchange (http://127.0.0.1:4600);
               without it the replay starts a stack of its own and stops it in the end`;

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws UsageError. */
export function readOptions(args: readonly string[], environment: Environment): ReplayOptions {
  const { values, positionals } = parsed(args);
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError('name one file');
  const { api, aws, exchange } = values;
  if (!api && (aws || exchange)) throw new UsageError('--aws and --exchange go with --api');
  const speed = values.speed === undefined || values.speed === 'max' ? null : positive('--speed', values.speed);
  const limit = values.limit === undefined ? undefined : positive('--limit', values.limit);
  if (limit !== undefined && !Number.isInteger(limit)) throw new UsageError('--limit must be a whole number');
  const { apiKey } = exchangeCredentials(environment);
  const target = api ? targetOf(apiKey, api, aws, exchange) : null;
  const symbols = values.symbols?.split(',');
  return { file, speed, limit, symbols, allowPartial: values['allow-partial'], target };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    speed: text,
    limit: text,
    symbols: text,
    'allow-partial': { type: 'boolean', default: false } as const,
    api: text,
    aws: text,
    exchange: text,
  };
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function targetOf(
  exchangeApiKey: string,
  apiUrl: string,
  awsUrl = 'http://127.0.0.1:4566',
  exchangeUrl = 'http://127.0.0.1:4600',
): ReplayTarget {
  for (const url of [apiUrl, awsUrl, exchangeUrl]) if (!URL.canParse(url)) throw new UsageError(`${url} is no URL`);
  return { apiUrl, awsUrl, exchangeUrl, exchangeApiKey };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`${name} must be a number above 0, not "${text}"`);
}
