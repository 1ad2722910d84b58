import type { StockPrice } from '../market-data/stock-price.ts';
import { type AttributeMap, fromAttributes } from '../platform/attribute-value.ts';

/** A record of the stream of the table StockPrices, as far as it is read. */
export interface PriceRecord {
  readonly dynamodb?: { readonly NewImage?: unknown };
}

/** Prices as they were written, oldest first; removals are no news. */
export function readPrices(records: readonly PriceRecord[]): readonly StockPrice[] {
  return records.flatMap(({ dynamodb }) =>
    dynamodb?.NewImage ? [fromAttributes<StockPrice>(dynamodb.NewImage as AttributeMap)] : [],
  );
}
