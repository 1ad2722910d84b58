import type { Operation } from '../../kernel/service.ts';
import { InFlightLimit, overLimit } from './in-flight-limit.ts';
import { MAX_BATCH_ENTRIES, MAX_VISIBILITY_SECONDS, MAX_WAIT_SECONDS } from './limits.ts';
import type { StoredMessage } from './message-store.ts';
import type { Queue } from './queues.ts';
import { type ReceivedMessage, receivedMessage } from './received-message.ts';
import { expiredByMs, type SqsContext } from './sqs-context.ts';
import { wholeNumber } from './sqs-error.ts';

interface ReceiveMessageInput {
  readonly QueueUrl?: string;
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
  readonly WaitTimeSeconds?: number;
  readonly AttributeNames?: readonly string[];
  readonly MessageSystemAttributeNames?: readonly string[];
  readonly MessageAttributeNames?: readonly string[];
}

export function receiveMessage(context: SqsContext): Operation {
  const { kernel, messages } = context;
  const inFlight = new InFlightLimit(({ id }) => messages.depths(id, kernel.clock.nowMs(), 0).inFlight);
  return (input: ReceiveMessageInput) => {
    const queue = context.queues.ofUrl(input.QueueUrl);
    const limit = wholeNumber(input.MaxNumberOfMessages, 'MaxNumberOfMessages', { min: 1, max: MAX_BATCH_ENTRIES }, 1);
    const wait = { min: 0, max: MAX_WAIT_SECONDS };
    const waitSeconds = wholeNumber(input.WaitTimeSeconds, 'WaitTimeSeconds', wait, queue.settings.waitSeconds);
    const visibility = { min: 0, max: MAX_VISIBILITY_SECONDS };
    wholeNumber(input.VisibilityTimeout, 'VisibilityTimeout', visibility, 0);

    const take = () => {
      if (!inFlight.allows(queue, limit)) return [];
      const visibilityMs = (input.VisibilityTimeout ?? queue.settings.visibilitySeconds) * 1000;
      return takeVisible(context, queue, limit, visibilityMs).map((message) => receivedMessage(queue, message, input));
    };
    // Short polls are told of the limit, long polls only wait. Source: quotas-messages.html.
    if (waitSeconds === 0 && !inFlight.allows(queue, limit)) throw overLimit(queue.name);
    const taken = take();
    if (taken.length > 0 || waitSeconds === 0) return answer(taken);
    return context.arrivals.wait(queue, kernel.clock.nowMs() + waitSeconds * 1000, take).then(answer);
  };
}

function answer(messages: readonly ReceivedMessage[]): { Messages?: readonly ReceivedMessage[] } {
  return messages.length > 0 ? { Messages: messages } : {};
}

/** Takes up to `limit` messages, once those that are expired or were received too often are out of the way. */
function takeVisible(context: SqsContext, queue: Queue, limit: number, visibilityMs: number): StoredMessage[] {
  const { kernel, messages, arrivals } = context;
  const nowMs = kernel.clock.nowMs();
  let candidates = messages.visible(queue.id, nowMs, limit);
  while (removeUnfit(context, queue, candidates)) candidates = messages.visible(queue.id, nowMs, limit);
  const taken = candidates.map((message) => messages.take(message, nowMs, nowMs + visibilityMs));
  if (taken.length > 0 && visibilityMs > 0) arrivals.visibleFrom(queue, nowMs + visibilityMs);
  return taken;
}

/** Drops the expired and moves those received too often to the dead-letter queue; true if there were any. */
function removeUnfit(context: SqsContext, queue: Queue, candidates: readonly StoredMessage[]): boolean {
  const { kernel, messages, arrivals } = context;
  const nowMs = kernel.clock.nowMs();
  const expired = candidates.filter(({ sentAtMs }) => sentAtMs <= expiredByMs(queue, nowMs));
  for (const { sequence } of expired) messages.delete(sequence);

  const target = deadLetterTarget(context, queue);
  if (!target) return expired.length > 0;
  const spent = candidates.filter(
    (message) => message.receiveCount >= target.maxReceiveCount && !expired.includes(message),
  );
  for (const { sequence } of spent) messages.deadLetter(sequence, target.queue.id, nowMs, queue.arn);
  if (spent.length > 0) arrivals.visibleFrom(target.queue, nowMs);
  return expired.length + spent.length > 0;
}

function deadLetterTarget({ queues }: SqsContext, { settings }: Queue) {
  const policy = settings.redrivePolicy;
  const queue = policy && queues.ofArn(policy.deadLetterTargetArn);
  return queue && { queue, maxReceiveCount: policy.maxReceiveCount };
}
