import { MAX_STREAM_SYMBOLS, type SubscribePrices, type UnsubscribePrices } from '@brokerage/contracts/stream';
import type { ConnectionKey } from './stream-connection.ts';
import { changeConnection, type StreamDesk, tell } from './stream-desk.ts';
import { refused, type StreamRefusal } from './stream-request.ts';

/** What cannot be one is not looked up: it may be anything. */
const SYMBOL = /^[A-Z0-9]{1,12}$/;

/** All of the symbols or none: first that they are not too many, then that all are known. */
export async function subscribePrices(
  desk: StreamDesk,
  key: ConnectionKey,
  request: SubscribePrices,
): Promise<StreamRefusal | null> {
  const asked = new Set(request.symbols);
  if (asked.size > MAX_STREAM_SYMBOLS) return tooMany();
  const unknown = await unknownAmong(desk, [...asked]);
  if (unknown.length > 0) return refused('UNKNOWN_SYMBOL', unknown.join(', ').slice(0, MAX_DETAIL));
  let isTooMany = false;
  const changed = await changeConnection(desk.connections, key, (connection) => {
    const symbols = [...new Set([...connection.symbols, ...asked])];
    isTooMany = symbols.length > MAX_STREAM_SYMBOLS;
    return isTooMany ? null : { ...connection, symbols, grouped: request.grouped };
  });
  if (isTooMany) return tooMany();
  if (changed) await tell(desk, key, { type: 'subscribed', channel: 'prices', symbols: [...changed.symbols] });
  return null;
}

export async function unsubscribePrices(
  desk: StreamDesk,
  key: ConnectionKey,
  { symbols: given }: UnsubscribePrices,
): Promise<void> {
  const dropped = given && new Set(given);
  const changed = await changeConnection(desk.connections, key, (connection) => ({
    ...connection,
    symbols: dropped ? connection.symbols.filter((symbol) => !dropped.has(symbol)) : [],
  }));
  if (changed) await tell(desk, key, { type: 'unsubscribed', channel: 'prices', symbols: [...changed.symbols] });
}

const MAX_DETAIL = 200;
const tooMany = () => refused('TOO_MANY_SYMBOLS', `a connection follows at most ${MAX_STREAM_SYMBOLS}`);

async function unknownAmong({ findInstrument }: StreamDesk, symbols: readonly string[]): Promise<readonly string[]> {
  const known = await Promise.all(symbols.map(async (symbol) => SYMBOL.test(symbol) && (await findInstrument(symbol))));
  return symbols.filter((_symbol, index) => !known[index]);
}
