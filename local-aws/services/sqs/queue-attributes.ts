import { AwsError } from '../../kernel/aws-error.ts';
import type { Operation } from '../../kernel/service.ts';
import { checkAttributes } from './queue-settings.ts';
import type { Queue } from './queues.ts';
import { expiredByMs, type SqsContext } from './sqs-context.ts';
import { missingParameter } from './sqs-error.ts';

const DEPTHS = {
  ApproximateNumberOfMessages: 'visible',
  ApproximateNumberOfMessagesNotVisible: 'inFlight',
  ApproximateNumberOfMessagesDelayed: 'delayed',
} as const;

const OPTIONAL = new Set([
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
]);

/** Differs from AWS: the depths are exact. */
export function getQueueAttributes(context: SqsContext): Operation {
  return (input: { QueueUrl?: string; AttributeNames?: readonly string[] }) => {
    const queue = context.queues.ofUrl(input.QueueUrl);
    const names = input.AttributeNames ?? [];
    if (names.length === 0) return {};
    const all = allAttributes(context, queue);
    if (names.includes('All')) return { Attributes: all };
    const chosen: Record<string, string> = {};
    for (const name of names) {
      const value = all[name];
      if (value !== undefined) chosen[name] = value;
      else if (!OPTIONAL.has(name)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
    return { Attributes: chosen };
  };
}

function allAttributes({ kernel, messages }: SqsContext, queue: Queue): Record<string, string> {
  const nowMs = kernel.clock.nowMs();
  const depths = messages.depths(queue.id, nowMs, expiredByMs(queue, nowMs));
  return {
    QueueArn: queue.arn,
    ...Object.fromEntries(Object.entries(DEPTHS).map(([name, depth]) => [name, String(depths[depth])])),
    CreatedTimestamp: String(Math.floor(queue.createdAtMs / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAtMs / 1000)),
    ...queue.attributes,
  };
}

export function setQueueAttributes({ queues }: SqsContext): Operation {
  return (input: { QueueUrl?: string; Attributes?: Record<string, string> }) => {
    const queue = queues.ofUrl(input.QueueUrl);
    if (!input.Attributes) throw missingParameter('Attributes');
    queues.replaceAttributes(queue, { ...queue.attributes, ...checkAttributes(input.Attributes) });
    return {};
  };
}
