import { QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { aLimitOrder } from './api-client.ts';
import { isFor } from './role-policies.ts';
import { useStack } from './stack.ts';
import { StreamClient } from './stream-client.ts';

const stack = await useStack();
const { ana } = stack;
const TableName = 'StreamConnections';
const NEVER_MS = 4_102_444_800_000;
const REPLAYING = { orders: 'REPLAYING', replayEndsAtMs: NEVER_MS };
const LIVE = { orders: 'LIVE', replayEndsAtMs: 0 };

const buy = async () => (await ana.trade(aLimitOrder('BUY', 100, '30.25'))).orderId;
/** Accepted, reserved, filled. */
const eventsOf = (orderId: string) => [1, 2, 3].map((seq) => `${orderId}#${seq}`);

async function kept(): Promise<readonly Record<string, unknown>[]> {
  const { Items = [] } = await stack.dynamodb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'accountId = :account',
      ExpressionAttributeValues: { ':account': { S: 'ana' } },
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => unmarshall(item));
}

/** A stream that follows ana's orders, the only one of hers, and how to change what is kept of it. */
async function aListener() {
  const stream = await StreamClient.of(stack.addresses.apiPort, ana);
  await stream.ask({ action: 'subscribe', channel: 'orders' }, 'subscribed');
  const item = async () => (await kept()).find(({ orders }) => orders !== 'OFF');
  const set = async (fields: Readonly<Record<string, unknown>>) => {
    const names = Object.keys(fields);
    const values = names.map((name) => [`:${name}`, fields[name]] as const);
    await stack.dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: marshall({ accountId: 'ana', connectionId: (await item())?.connectionId }),
        UpdateExpression: `SET revision = revision + :one, ${names.map((name) => `${name} = :${name}`).join()}`,
        ExpressionAttributeValues: marshall({ ':one': 1, ...Object.fromEntries(values) }),
      }),
    );
  };
  const waiting = async () => String((await item())?.waiting ?? '');
  /** Everything that came until an order was filled. */
  const heardUntilFilled = async (orderId: string) => {
    await stream.next('order', ({ order }) => order.orderId === orderId && order.status === 'FILLED');
    return stream.orders().map(({ eventId }) => eventId);
  };
  return { stream, set, waiting, heardUntilFilled };
}

it('a connection that cannot take its orders has them as soon as it can, in order and once, and then what happens', async () => {
  const { stream, set, waiting, heardUntilFilled } = await aListener();
  await set(REPLAYING);
  const first = await buy();
  await eventually('they wait', waiting, (ids) => ids.includes(`${first}#1`));
  expect(stream.orders()).toEqual([]);
  await set(LIVE);
  const second = await buy();
  expect(await heardUntilFilled(second)).toEqual([...eventsOf(first), ...eventsOf(second)]);
  await eventually('none waits', waiting, (ids) => ids === '');
  const third = await buy();
  expect((await heardUntilFilled(third)).slice(6)).toEqual(eventsOf(third));
  await stream.close();
});

it('what Lambda had given up is read from the stream, and waits in its place', async () => {
  const { stream, set, waiting, heardUntilFilled } = await aListener();
  await set(REPLAYING);
  const missed = await stack.withoutStatements('push-orders-role', isFor('dynamodb:Query'), async () => {
    const orderId = await buy();
    await stack.stepUntil('PT1M', 'all wait', waiting, (ids) => ids.includes(`${orderId}#3`));
    return orderId;
  });
  await set(LIVE);
  const next = await buy();
  expect(await heardUntilFilled(next)).toEqual([...eventsOf(missed), ...eventsOf(next)]);
  await stream.close();
});

it('a connection for which too many wait is closed', async () => {
  const { stream, set } = await aListener();
  const waiting = Array.from({ length: 2_000 }, (_none, index) => `ORD-NONE#${index}`).join();
  await set({ waiting, sendingUntilMs: NEVER_MS });
  await buy();
  expect(await stream.closed()).toBe(1000);
  await eventually('it is forgotten', kept, (items) => items.length === 0);
});

it('leaves the books in order', () => stack.audit());
