import { AwsError } from '../../kernel/aws-error.ts';
import type { Operation } from '../../kernel/service.ts';
import { MAX_MOVES_PER_SECOND } from './limits.ts';
import type { MoveTaskRunner } from './move-task-runner.ts';
import type { MoveTask, MoveTaskStore } from './move-task-store.ts';
import type { Queue } from './queues.ts';
import { expiredByMs, type SqsContext } from './sqs-context.ts';
import { invalidParameter, missingParameter, wholeNumber } from './sqs-error.ts';

const MAX_LISTED_TASKS = 10;

interface StartInput {
  readonly SourceArn?: string;
  readonly DestinationArn?: string;
  readonly MaxNumberOfMessagesPerSecond?: number;
}

export function startMessageMoveTask(context: SqsContext, tasks: MoveTaskStore, runner: MoveTaskRunner): Operation {
  return (input: StartInput) => {
    const source = queueOf(context, input.SourceArn, 'SourceArn');
    if (input.DestinationArn !== undefined) queueOf(context, input.DestinationArn, 'DestinationArn');
    const rate = { min: 1, max: MAX_MOVES_PER_SECOND };
    wholeNumber(input.MaxNumberOfMessagesPerSecond, 'MaxNumberOfMessagesPerSecond', rate, MAX_MOVES_PER_SECOND);
    if (context.queues.sourcesOf(source).length === 0) {
      throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
    }
    if (tasks.running().some(({ sourceArn }) => sourceArn === source.arn)) {
      throw invalidParameter(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const task = newTask(context, source, input);
    tasks.insert(task);
    runner.run(task.id);
    return { TaskHandle: handleOf(task) };
  };
}

export function listMessageMoveTasks(context: SqsContext, tasks: MoveTaskStore): Operation {
  return (input: { SourceArn?: string; MaxResults?: number }) => {
    const source = queueOf(context, input.SourceArn, 'SourceArn');
    const limit = wholeNumber(input.MaxResults, 'MaxResults', { min: 1, max: MAX_LISTED_TASKS }, 1);
    return { Results: tasks.ofSource(source.arn, limit).map(listed) };
  };
}

export function cancelMessageMoveTask(tasks: MoveTaskStore): Operation {
  return (input: { TaskHandle?: string }) => {
    if (!input.TaskHandle) throw missingParameter('TaskHandle');
    const task = tasks.get(taskIdOf(input.TaskHandle));
    if (!task) throw notFound('Task does not exist.');
    if (task.status !== 'RUNNING') {
      throw new AwsError('UnsupportedOperation', 'Only active tasks can be cancelled.');
    }
    tasks.update({ ...task, status: 'CANCELLED' });
    return { ApproximateNumberOfMessagesMoved: task.moved };
  };
}

function newTask({ kernel, messages }: SqsContext, source: Queue, input: StartInput): MoveTask {
  const nowMs = kernel.clock.nowMs();
  return {
    id: kernel.random.uuid(),
    sourceArn: source.arn,
    destinationArn: input.DestinationArn ?? null,
    maxPerSecond: input.MaxNumberOfMessagesPerSecond ?? null,
    status: 'RUNNING',
    moved: 0,
    toMove: messages.depths(source.id, nowMs, expiredByMs(source, nowMs)).visible,
    failureReason: null,
    startedAtMs: nowMs,
  };
}

function listed(task: MoveTask) {
  return {
    Status: task.status,
    SourceArn: task.sourceArn,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    StartedTimestamp: task.startedAtMs,
    ...(task.status === 'RUNNING' ? { TaskHandle: handleOf(task) } : {}),
    ...(task.destinationArn ? { DestinationArn: task.destinationArn } : {}),
    ...(task.maxPerSecond ? { MaxNumberOfMessagesPerSecond: task.maxPerSecond } : {}),
    ...(task.failureReason ? { FailureReason: task.failureReason } : {}),
  };
}

function queueOf({ queues }: SqsContext, arn: string | undefined, parameter: string): Queue {
  if (!arn) throw missingParameter(parameter);
  const queue = queues.ofArn(arn);
  if (!queue) throw notFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
  return queue;
}

function handleOf({ id, sourceArn }: MoveTask): string {
  return Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString('base64');
}

function taskIdOf(handle: string): string {
  const match = /"taskId":"([0-9a-f-]+)"/.exec(Buffer.from(handle, 'base64').toString());
  if (!match?.[1]) throw invalidParameter(`Value ${handle} for parameter TaskHandle is invalid.`);
  return match[1];
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404 });
}
