export interface MeteredCall {
  readonly service: string;
  readonly operation: string;
  readonly callerKind: 'function' | 'service' | 'administrator';
  readonly caller: string;
  readonly calls: number;
}

export async function readMeter(awsPort: number): Promise<MeteredCall[]> {
  const answer = await fetch(`http://127.0.0.1:${awsPort}/_local/meter`);
  return ((await answer.json()) as { calls: MeteredCall[] }).calls;
}

export async function resetMeter(awsPort: number): Promise<void> {
  await fetch(`http://127.0.0.1:${awsPort}/_local/meter`, { method: 'DELETE' });
}

/** What market data costs, whether or not anybody trades: by time and ticks, not by orders. */
const MARKET_DATA_FUNCTIONS = new Set([
  'publish-ticks',
  'update-prices',
  'update-candles',
  'average-prices',
  'push-prices',
]);

export function isOfMarketData({ caller, callerKind }: MeteredCall): boolean {
  return callerKind === 'function' && MARKET_DATA_FUNCTIONS.has(caller);
}

/** Calls by service and operation, of one kind of caller, the most frequent first. */
export function byOperation(calls: readonly MeteredCall[], kind: MeteredCall['callerKind']): [string, number][] {
  const sums = new Map<string, number>();
  for (const { service, operation, callerKind, calls: count } of calls) {
    if (callerKind !== kind) continue;
    const name = `${service}:${operation}`;
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return [...sums].sort(([, a], [, b]) => b - a);
}
