import { expect, it } from 'vitest';
import { MailQueue } from './mail-queue.ts';

/** Arrivals that somebody waits for (A) and others (o) → the places at which they arrived, as they are read. */
function read(arrivals: string): readonly number[] {
  const queue = new MailQueue<{ isAwaited: boolean; place: number }>();
  for (const [place, kind] of [...arrivals].entries()) queue.add({ isAwaited: kind === 'A', place });
  const order: number[] = [];
  for (let mail = queue.take(); mail; mail = queue.take()) order.push(mail.place);
  expect(queue.size).toBe(0);
  return order;
}

it.each([
  ['what is awaited first', 'oAoA', [1, 3, 0, 2]],
  ['in order of arrival where the same wait', 'AAA', [0, 1, 2]],
  ['every eighth by its age alone', 'ooAAAAAAAAA', [2, 3, 4, 5, 6, 7, 8, 0, 9, 10, 1]],
  ['nothing from nothing', '', []],
])('gives %s', (_what, arrivals, order) => {
  expect(read(arrivals)).toEqual(order);
});
