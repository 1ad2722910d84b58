import { notSupported } from '../../kernel/aws-error.ts';
import type { ResourceType } from '../../kernel/service.ts';
import { checkAttributes, DEFAULT_ATTRIBUTES } from './queue-settings.ts';
import type { SqsContext } from './sqs-context.ts';

const ATTRIBUTES = new Set([
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
]);

/** AWS::SQS::Queue. A queue without name takes its logical id, which stays the same over restarts. */
export function queueResource({ queues }: SqsContext): ResourceType {
  return {
    apply: ({ logicalId, properties }) => {
      const { QueueName = logicalId, Tags: _, ...rest } = properties;
      const attributes = checkAttributes(attributesOf(rest));
      const name = String(QueueName);
      const existing = queues.named(name);
      const queue = existing ?? queues.create(name, attributes);
      // The template is the whole truth but for the policy, which AWS::SQS::QueuePolicy sets.
      const { Policy } = queue.attributes;
      if (existing)
        queues.replaceAttributes(queue, { ...DEFAULT_ATTRIBUTES, ...attributes, ...(Policy ? { Policy } : {}) });
      return { ref: queue.url, attributes: { Arn: queue.arn, QueueName: queue.name, QueueUrl: queue.url } };
    },
  };
}

function attributesOf(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (!ATTRIBUTES.has(name)) throw notSupported(`property ${name} of AWS::SQS::Queue`);
    attributes[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  return attributes;
}
