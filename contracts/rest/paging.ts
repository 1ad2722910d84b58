/** Lists: every one answers a page of items and an opaque cursor, null on the last page. */
import * as z from 'zod';

const MAX_PAGE = 100;
const DEFAULT_PAGE = 50;

/** Query strings are text: `limit` is read from it. */
export const ListQuery = z.strictObject({
  cursor: z.string().min(1).max(1024).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});
export type ListQuery = z.output<typeof ListQuery>;

export const NoQuery = z.strictObject({});

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
