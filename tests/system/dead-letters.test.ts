import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import { aLimitOrder } from './api-client.ts';
import { depthOf, queueArn, queueUrl } from './queues.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, sqs, dynamodb } = stack;
/** Two, four and eight seconds between the tries. */
const BACKOFF_LIMIT_MS = 40_000;

it('lists its tables and queues to any SDK', async () => {
  const { TableNames } = await dynamodb.send(new ListTablesCommand({}));
  expect(TableNames).toEqual(expect.arrayContaining(['Accounts', 'Audit', 'Ledger', 'Orders', 'Transfers']));
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const names = QueueUrls.map((url) => url.slice(url.lastIndexOf('/') + 1));
  expect(names).toEqual(expect.arrayContaining(['Orders', 'RejectedOrders', 'Notifications', 'AuditTrail', 'Reports']));
});

it('tries a poison message three times with backoff, then lays it aside; the others of its batch succeed', async () => {
  const QueueUrl = await queueUrl(sqs, 'Orders');
  const startedMs = performance.now();
  const orders = await Promise.all([
    ...Array.from({ length: 9 }, () => ana.place(aLimitOrder('BUY', 100, '30.25'))),
    sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'not-json', MessageBody: 'poison' },
          {
            Id: 'no-order',
            MessageBody: JSON.stringify({ orderId: 'ORD-NOPE', accountId: 'ana', isin: 'X', correlationId: 'c' }),
          },
        ],
      }),
    ),
  ]);
  for (const order of orders) if ('orderId' in order) await ana.orderIn(order.orderId, 'FILLED');
  await eventually(
    'both are in RejectedOrders',
    () => depthOf(sqs, 'RejectedOrders'),
    (depth) => depth === 2,
    BACKOFF_LIMIT_MS,
  );
  expect(performance.now() - startedMs).toBeGreaterThan(6_000);
  expect(await depthOf(sqs, 'Orders')).toBe(0);
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: await queueUrl(sqs, 'RejectedOrders'),
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    }),
  );
  expect(Messages.map(({ Body }) => Body)).toContain('poison');
});

it('redrives the dead-letter queue: the message of an ended order does nothing', async () => {
  const { orderId, accountId, correlationId } = await ana.trade(aLimitOrder('BUY', 100, '30.25'));
  const account = await ana.account();
  const deadLetters = await queueUrl(sqs, 'RejectedOrders');
  const MessageBody = JSON.stringify({ orderId, accountId, correlationId, isin: 'BRPETRACNPR6' });
  await sqs.send(new SendMessageCommand({ QueueUrl: deadLetters, MessageBody }));
  // A message that was put there by hand has no queue of its own to go back to.
  await sqs.send(
    new StartMessageMoveTaskCommand({
      SourceArn: await queueArn(sqs, 'RejectedOrders'),
      DestinationArn: await queueArn(sqs, 'Orders'),
    }),
  );
  const depths = async () => [await depthOf(sqs, 'Orders'), await depthOf(sqs, 'RejectedOrders')];
  await eventually(
    'only the poison is left to try again',
    depths,
    ([orders, rejected]) => orders === 2 && rejected === 0,
  );
  await stack.advance('PT1M');
  await eventually('the poison is back', depths, ([orders, rejected]) => orders === 0 && rejected === 2);
  expect(await ana.order(orderId)).toMatchObject({ status: 'FILLED', filledQuantity: 100 });
  expect(await ana.account()).toEqual(account);
});

it('lays aside what it cannot read in any other queue, too', async () => {
  const queues = ['InDoubtOrders', 'Executions', 'BankEvents', 'Payouts', 'UnpublishedEvents', 'OrderStream'];
  const behindTopic = ['Notifications', 'AuditTrail', 'Reports'];
  for (const queue of [...queues, ...behindTopic]) {
    await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl(sqs, queue), MessageBody: 'poison' }));
  }
  const depths = () => Promise.all([...queues, ...behindTopic].map((queue) => depthOf(sqs, `${queue}DeadLetters`)));
  await stack.stepUntil('PT20S', 'each is in the dead-letter queue of its own', depths, (found) =>
    found.every((depth) => depth === 1),
  );
});

it('leaves books that add up', () => stack.audit());
