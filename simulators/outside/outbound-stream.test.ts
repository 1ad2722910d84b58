import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { ManualClock, NOON_MS } from '../testing/manual-clock.ts';
import { RecordingReceiver } from '../testing/recording-receiver.ts';
import { type DeliveryFaults, MAX_ITEMS_PER_DELIVERY, OutboundStream } from './outbound-stream.ts';
import { seededRandom } from './random.ts';

const LINGER_MS = 20;

/** A stream over a growing list of numbered items. */
function aStream(faults: Partial<DeliveryFaults> = {}, acknowledged = 0) {
  const clock = new ManualClock();
  const receiver = new RecordingReceiver();
  const items: { seq: number; json: string }[] = [];
  let ack = acknowledged;
  const stream = new OutboundStream({
    source: {
      lastSeq: () => items.length,
      read: (afterSeq, limit) => items.filter(({ seq }) => seq > afterSeq).slice(0, limit),
      acknowledged: () => ack,
      acknowledge: (seq) => {
        ack = seq;
      },
    },
    target: { url: 'http://receiver', secret: 'secret', timestampHeader: 'x-time', signatureHeader: 'x-signature' },
    bodyKey: 'items',
    send: receiver.send,
    clock,
    random: seededRandom(3, 'stream'),
    lingerMs: LINGER_MS,
    faults: { held: () => false, unreachable: () => false, duplicate: () => false, reorder: () => false, ...faults },
  });
  const add = (count: number) => {
    for (let index = 0; index < count; index += 1)
      items.push({ seq: items.length + 1, json: String(items.length + 1) });
    stream.wake();
  };
  return { add, clock, receiver, stream, acknowledged: () => ack };
}

const numbers = (low: number, high: number) => Array.from({ length: high - low + 1 }, (_, index) => low + index);

test('what comes within the linger goes together, signed over time and body', async () => {
  const { add, clock, receiver, acknowledged } = aStream();
  add(2);
  add(1);
  await clock.advance(LINGER_MS - 1);
  expect(receiver.posts).toHaveLength(0);
  await clock.advance(1);
  expect(receiver.items('items')).toEqual([[1, 2, 3]]);
  expect(acknowledged()).toBe(3);
  const [post] = receiver.posts;
  const timestamp = post?.headers['x-time'];
  expect(timestamp).toBe(String(NOON_MS + LINGER_MS));
  const signed = createHmac('sha256', 'secret').update(`${timestamp}.${post?.body}`).digest('hex');
  expect(post?.headers['x-signature']).toBe(signed);
});

test('a backlog goes in full deliveries, one after the other', async () => {
  const { add, clock, receiver } = aStream();
  const full = MAX_ITEMS_PER_DELIVERY;
  add(2 * full + 5);
  await clock.advance(2 * LINGER_MS);
  expect(receiver.items('items')).toEqual([
    numbers(1, full),
    numbers(full + 1, 2 * full),
    numbers(2 * full + 1, 2 * full + 5),
  ]);
});

test.each([[500], [400], [302], [null]])(
  'answered %s, a delivery is repeated with growing pauses, and nothing passes it',
  async (answer) => {
    const { add, clock, receiver, acknowledged } = aStream();
    receiver.answers.push(answer, answer, answer);
    add(1);
    await clock.advance(LINGER_MS);
    add(1);
    await clock.advance(99);
    expect(receiver.posts).toHaveLength(1);
    await clock.advance(1);
    expect(receiver.posts).toHaveLength(2);
    await clock.advance(199);
    expect(receiver.posts).toHaveLength(2);
    await clock.advance(1 + 400);
    expect(receiver.items('items')).toEqual([[1], [1, 2], [1, 2], [1, 2]]);
    expect(acknowledged()).toBe(2);
  },
);

test('however long it was refused, a receiver that is back is asked within half a second', async () => {
  const { add, clock, receiver } = aStream();
  receiver.answers.push(...Array<number>(200).fill(503));
  add(1);
  await clock.advance(60_000);
  receiver.answers.length = 0;
  const refused = receiver.posts.length;
  await clock.advance(500);
  expect(receiver.posts).toHaveLength(refused + 1);
});

test.each([
  ['once all of it was taken', () => undefined],
  ['when a delivery fails', (receiver: RecordingReceiver) => receiver.answers.push(500)],
])('who waits for what is durable now hears %s', async (_when, prepare) => {
  const { add, clock, receiver, stream } = aStream();
  await stream.delivered();
  prepare(receiver);
  add(1);
  let isOver = false;
  void stream.delivered().then(() => {
    isOver = true;
  });
  await clock.advance(LINGER_MS - 1);
  expect(isOver).toBe(false);
  await clock.advance(1);
  expect(isOver).toBe(true);
});

test('it goes on from what was acknowledged', async () => {
  const { add, clock, receiver } = aStream({}, 2);
  add(4);
  await clock.advance(LINGER_MS);
  expect(receiver.items('items')).toEqual([[3, 4]]);
});

test('held back, nothing leaves until it is woken without the hold', async () => {
  let held = true;
  const { add, clock, receiver, stream } = aStream({ held: () => held });
  add(3);
  await clock.advance(60_000);
  expect(receiver.posts).toHaveLength(0);
  held = false;
  stream.wake();
  await clock.advance(LINGER_MS);
  expect(receiver.items('items')).toEqual([[1, 2, 3]]);
});

test('unreachable, nothing leaves, and it is tried again', async () => {
  let unreachable = true;
  const { add, clock, receiver } = aStream({ unreachable: () => unreachable });
  add(1);
  await clock.advance(1_000);
  expect(receiver.posts).toHaveLength(0);
  unreachable = false;
  await clock.advance(1_000);
  expect(receiver.items('items')).toEqual([[1]]);
});

test('duplicated, every delivery comes twice; reordered, its items come one by one in another order', async () => {
  const twice = aStream({ duplicate: () => true });
  twice.add(2);
  await twice.clock.advance(LINGER_MS);
  expect(twice.receiver.items('items')).toEqual([
    [1, 2],
    [1, 2],
  ]);

  const reordered = aStream({ reorder: () => true });
  reordered.add(6);
  await reordered.clock.advance(LINGER_MS);
  const arrived = reordered.receiver.items<number>('items');
  expect(arrived.every((post) => post.length === 1)).toBe(true);
  expect(arrived.flat()).not.toEqual(numbers(1, 6));
  expect(arrived.flat().sort()).toEqual(numbers(1, 6));
  expect(reordered.acknowledged()).toBe(6);
});

test('stopped, it sends no more', async () => {
  const { add, clock, receiver, stream } = aStream();
  add(1);
  stream.stop();
  await clock.advance(60_000);
  expect(receiver.posts).toHaveLength(0);
});
