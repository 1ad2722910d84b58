import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { servicePrincipal } from '../../kernel/principal.ts';
import { startTestStack, type TestStack } from '../../testing/test-stack.ts';
import { createSqs } from './sqs.service.ts';

let stack: TestStack;

beforeEach(async () => {
  stack = await startTestStack([createSqs]);
});
afterEach(() => stack.close());

it('takes what another service delivers to a queue’s ARN', async () => {
  const sqs = new SQSClient(stack.clientConfig);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'Audit' }));
  await stack.kernel.deliver({
    targetArn: stack.kernel.arn('sqs', 'Audit'),
    body: '{"event":"order"}',
    attributes: { seq: { DataType: 'Number', StringValue: '1' } },
    principal: servicePrincipal('sns.amazonaws.com', stack.kernel.arn('sns', 'OrderEvents')),
  });
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }));
  expect(Messages).toMatchObject([{ Body: '{"event":"order"}', MessageAttributes: { seq: { StringValue: '1' } } }]);
});

it('refuses a delivery to a queue that is not there', async () => {
  const delivery = {
    targetArn: stack.kernel.arn('sqs', 'None'),
    body: 'x',
    principal: servicePrincipal('sns.amazonaws.com', stack.kernel.arn('sns', 'OrderEvents')),
  };
  await expect(stack.kernel.deliver(delivery)).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
});

it('tells deliveries of the same body by their attributes', async () => {
  const sqs = new SQSClient(stack.clientConfig);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'Audit' }));
  const delivery = {
    targetArn: stack.kernel.arn('sqs', 'Audit'),
    body: 'same',
    principal: servicePrincipal('sns.amazonaws.com', stack.kernel.arn('sns', 'OrderEvents')),
  };
  const attributes = ['1', '2'].map((StringValue) => ({ seq: { DataType: 'Number', StringValue } }));
  await stack.kernel.deliver({ ...delivery, attributes: attributes[0]! });
  await stack.kernel.deliver({ ...delivery, attributes: attributes[1]! });
  await stack.kernel.deliver(delivery);
  const received = new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], MaxNumberOfMessages: 10 });
  const { Messages = [] } = await sqs.send(received);
  expect(Messages.map(({ MessageAttributes }) => MessageAttributes?.seq?.StringValue)).toEqual(['1', '2', undefined]);
});
