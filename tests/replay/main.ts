/**
 * `npm run replay -- <file>`: sends a recorded day through the public API and prints what happened. Exit 0; 1 when the file or the books
 * are not sound, or the replay failed. The whole file is read and checked before anything is started.
 */
import { exchangeCredentials } from '@brokerage/simulators/credentials';
import { auditStack } from '../auditor/audit-stack.ts';
import { reportOf } from '../auditor/report.ts';
import { startStackProcess } from '../load/bench-stack.ts';
import { quotesReport } from './daily-quotes/quotes-report.ts';
import { isCotahist, readCotahist } from './daily-quotes/read-cotahist.ts';
import { replayQuotes } from './daily-quotes/replay-quotes.ts';
import { firstLineOf, readRecordedDay } from './file-format.ts';
import { InputError } from './input-error.ts';
import { type ReplayOptions, readOptions, USAGE, UsageError } from './options.ts';
import { planDay } from './plan/day-plan.ts';
import { readLines } from './read-lines.ts';
import { replayReport } from './report/replay-report.ts';
import { giveMarketBack, readInstruments, readTraders } from './run/exchange-panel.ts';
import { replayDay } from './run/replay-day.ts';
import { replayMarket } from './run/replay-market.ts';
import type { ReplayTarget } from './run/replay-target.ts';
import { marketDay } from './trades/market-day.ts';
import { isTradesFile, readTrades } from './trades/read-trades.ts';

process.exitCode = await run().catch((error: unknown) => {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`);
  else console.error(error instanceof InputError ? error.message : error);
  return 1;
});

async function run(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  const firstLine = await firstLineOf(options.file);
  if (isCotahist(firstLine)) return runQuotes(options);
  return isTradesFile(firstLine) ? runTrades(options) : runOrders(options);
}

/** Daily quotes: the exchange trades as the day did, and the brokerage must show its prices. */
async function runQuotes(options: ReplayOptions): Promise<number> {
  const { file, symbols, allowPartial } = options;
  const day = await readCotahist(file, readLines(file), { allowPartial });
  const absent = symbols?.filter((symbol) => !day.quotes.some((quote) => quote.symbol === symbol)) ?? [];
  if (absent.length > 0) throw new InputError(file, null, null, `there is no quote of ${absent.join(', ')}`);
  const { target, stop } = await (options.target ? runningStack(options.target) : ownStack());
  try {
    const replayed = await replayQuotes(target, day, { symbols, speed: options.speed });
    console.log(quotesReport(file, day, replayed));
    return replayed.differences.length === 0 ? 0 : 1;
  } finally {
    await stop();
  }
}

/** Every trade of a day: likewise, and the day is theirs. */
async function runTrades(options: ReplayOptions): Promise<number> {
  const { file, allowPartial, speed } = options;
  const symbols = options.symbols ? new Set(options.symbols) : null;
  const day = await readTrades(file, readLines(file), { allowPartial, symbols });
  const { target, stop } = await (options.target ? runningStack(options.target) : ownStack());
  try {
    const market = marketDay(file, day, await readInstruments(target));
    const replayed = await replayMarket(target, market, speed);
    console.log(quotesReport(file, { ...day, quotes: market.instruments }, replayed));
    return replayed.differences.length === 0 ? 0 : 1;
  } finally {
    await stop();
  }
}

async function runOrders(options: ReplayOptions): Promise<number> {
  const day = await readRecordedDay(options.file);
  const plan = planDay(day, options.limit);
  const { target, stop } = await (options.target ? runningStack(options.target) : ownStack());
  try {
    const replay = await replayDay(options.file, plan, target, options.speed, (message) => console.error(message));
    console.log(replayReport(replay));
    return await verifyBooks(target);
  } finally {
    await stop();
  }
}

/** What a replay works on; `stop` ends its part in it, and is called when it is interrupted, too. */
interface ReplayStack {
  readonly target: ReplayTarget;
  stop(): Promise<void>;
}

/** Its makers and noise traders, who leave the market to the file, come back in the end. */
async function runningStack(target: ReplayTarget): Promise<ReplayStack> {
  const traders = await readTraders(target);
  const stop = () => giveMarketBack(target, traders);
  whenInterrupted(stop);
  return { target, stop };
}

/** With a fresh data folder and free ports; it ends with the replay, be it interrupted before the stack is ready. */
async function ownStack(): Promise<ReplayStack> {
  let stopWhenReady = async (): Promise<void> => {};
  whenInterrupted(() => stopWhenReady());
  const { apiPort, awsPort, exchangePort, stop } = await startStackProcess();
  stopWhenReady = stop;
  const [apiUrl, awsUrl, exchangeUrl] = [apiPort, awsPort, exchangePort].map((port) => `http://127.0.0.1:${port}`) as [
    string,
    string,
    string,
  ];
  return { target: { apiUrl, awsUrl, exchangeUrl, exchangeApiKey: exchangeCredentials(process.env).apiKey }, stop };
}

function whenInterrupted(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().finally(() => process.exit(1)));
}

async function verifyBooks({ awsUrl, exchangeUrl, exchangeApiKey }: ReplayTarget): Promise<number> {
  const audit = await auditStack({ awsEndpoint: awsUrl, exchangeUrl, exchangeApiKey });
  console.log(`\n${reportOf(audit)}`);
  return audit.findings.length === 0 ? 0 : 1;
}
