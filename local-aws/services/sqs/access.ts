import type { AccessRule } from '../../kernel/authorization/access-request.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Queues } from './queues.ts';

/** Batches need the permission of their single operation. Source: Service Authorization Reference, Amazon SQS. */
const ACTIONS: Readonly<Record<string, string>> = {
  SendMessage: 'sqs:SendMessage',
  SendMessageBatch: 'sqs:SendMessage',
  ReceiveMessage: 'sqs:ReceiveMessage',
  DeleteMessage: 'sqs:DeleteMessage',
  DeleteMessageBatch: 'sqs:DeleteMessage',
  ChangeMessageVisibility: 'sqs:ChangeMessageVisibility',
  ChangeMessageVisibilityBatch: 'sqs:ChangeMessageVisibility',
  PurgeQueue: 'sqs:PurgeQueue',
  GetQueueAttributes: 'sqs:GetQueueAttributes',
  SetQueueAttributes: 'sqs:SetQueueAttributes',
  ListDeadLetterSourceQueues: 'sqs:ListDeadLetterSourceQueues',
};

export function sqsAccess(kernel: Kernel, queues: Queues): Readonly<Record<string, AccessRule>> {
  const rules = Object.entries(ACTIONS).map(([operation, action]): [string, AccessRule] => [
    operation,
    ({ QueueUrl }) => [{ action, resource: queues.ofUrl(QueueUrl).arn }],
  ]);
  return {
    ...Object.fromEntries(rules),
    GetQueueUrl: ({ QueueName }) => [{ action: 'sqs:GetQueueUrl', resource: kernel.arn('sqs', String(QueueName)) }],
  };
}
