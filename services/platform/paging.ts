import type { Key } from './table-expression.ts';
import type { Page } from './tables.ts';

/** Reads page after page until there is none, handing each on. */
export async function forEachPage<Shape>(
  read: (after: Key | null) => Promise<Page<Shape>>,
  take: (items: readonly Shape[]) => void,
): Promise<void> {
  let after: Key | null = null;
  do {
    const page: Page<Shape> = await read(after);
    take(page.items);
    after = page.lastKey;
  } while (after);
}

/** All items of what is known to be bounded. */
export async function readAll<Shape>(read: (after: Key | null) => Promise<Page<Shape>>): Promise<readonly Shape[]> {
  const items: Shape[] = [];
  await forEachPage(read, (page) => items.push(...page));
  return items;
}
