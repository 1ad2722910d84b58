/** A label and its count. */
export type Row = readonly [label: string, count: number];

const COUNT_WIDTH = 8;

/** A headed table; nothing at all when all counts are 0. */
export function section(title: string, rows: readonly Row[]): string[] {
  const shown = rows.filter(([, count]) => count > 0);
  if (shown.length === 0) return [];
  return ['', title, ...shown.map(([label, count]) => `${String(count).padStart(COUNT_WIDTH)}  ${label}`)];
}

/** Counts by label, in order of the labels; an item without one is not counted. */
export function tally<Item>(items: readonly Item[], labelOf: (item: Item) => string | null): Row[] {
  const counts = new Map<string, number>();
  for (const item of items) {
    const label = labelOf(item);
    if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
}
