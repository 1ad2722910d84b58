import type { Kernel } from '../../kernel/kernel.ts';
import type { Operation, Service } from '../../kernel/service.ts';
import { sqsAccess } from './access.ts';
import { Arrivals } from './arrivals.ts';
import { changeMessageVisibility, changeMessageVisibilityBatch } from './change-message-visibility.ts';
import { createQueue } from './create-queue.ts';
import { deleteMessage, deleteMessageBatch } from './delete-message.ts';
import { deliverToQueue } from './deliver-to-queue.ts';
import { getQueueUrl, listDeadLetterSourceQueues, listQueues } from './find-queues.ts';
import { cancelMessageMoveTask, listMessageMoveTasks, startMessageMoveTask } from './message-move-tasks.ts';
import { MessageStore } from './message-store.ts';
import { MoveTaskRunner } from './move-task-runner.ts';
import { MoveTaskStore } from './move-task-store.ts';
import { purgeQueue } from './purge-queue.ts';
import { queueResource } from './queue.resource.ts';
import { getQueueAttributes, setQueueAttributes } from './queue-attributes.ts';
import { queuePolicyResource } from './queue-policy.resource.ts';
import { Queues } from './queues.ts';
import { receiveMessage } from './receive-message.ts';
import { sendMessage, sendMessageBatch } from './send-message.ts';
import { expiredByMs, type SqsContext } from './sqs-context.ts';

export interface SqsOptions {
  /** Scheme, host and port of the queue URLs it gives out; any host is accepted in those it is given. */
  readonly queueUrlBase?: string;
}

export function createSqs(kernel: Kernel, { queueUrlBase = 'http://localhost:4566' }: SqsOptions = {}): Service {
  const messages = new MessageStore(kernel.store);
  const arrivals = new Arrivals(kernel, messages);
  const context: SqsContext = { kernel, queues: new Queues(kernel, queueUrlBase), messages, arrivals };
  const tasks = new MoveTaskStore(kernel.store);
  const runner = new MoveTaskRunner(context, tasks);
  return {
    name: 'sqs',
    protocol: { kind: 'aws-json', version: '1.0', target: 'AmazonSQS' },
    operations: {
      ...messageOperations(context),
      ...queueOperations(context),
      StartMessageMoveTask: startMessageMoveTask(context, tasks, runner),
      ListMessageMoveTasks: listMessageMoveTasks(context, tasks),
      CancelMessageMoveTask: cancelMessageMoveTask(tasks),
    },
    access: sqsAccess(kernel, context.queues),
    deliveryAction: 'sqs:SendMessage',
    resourcePolicy: (arn) => context.queues.ofArn(arn)?.attributes.Policy,
    denial: { code: 'AccessDeniedException', status: 403 },
    resources: {
      'AWS::SQS::Queue': queueResource(context),
      'AWS::SQS::QueuePolicy': queuePolicyResource(context),
    },
    deliver: deliverToQueue(context),
    start: () => {
      dropExpired(context);
      for (const queue of context.queues.all()) arrivals.resume(queue);
      runner.start();
    },
    stop: () => {
      runner.stop();
      arrivals.stop();
    },
  };
}

function messageOperations(context: SqsContext): Record<string, Operation> {
  return {
    SendMessage: sendMessage(context),
    SendMessageBatch: sendMessageBatch(context),
    ReceiveMessage: receiveMessage(context),
    DeleteMessage: deleteMessage(context),
    DeleteMessageBatch: deleteMessageBatch(context),
    ChangeMessageVisibility: changeMessageVisibility(context),
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch(context),
    PurgeQueue: purgeQueue(context),
  };
}

function queueOperations(context: SqsContext): Record<string, Operation> {
  return {
    CreateQueue: createQueue(context),
    GetQueueUrl: getQueueUrl(context),
    GetQueueAttributes: getQueueAttributes(context),
    SetQueueAttributes: setQueueAttributes(context),
    ListQueues: listQueues(context),
    ListDeadLetterSourceQueues: listDeadLetterSourceQueues(context),
  };
}

function dropExpired({ kernel, queues, messages }: SqsContext): void {
  const nowMs = kernel.clock.nowMs();
  for (const queue of queues.all()) messages.deleteExpired(queue.id, expiredByMs(queue, nowMs));
}
