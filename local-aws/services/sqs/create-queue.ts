import type { Operation } from '../../kernel/service.ts';
import { checkAttributes } from './queue-settings.ts';
import { queueNameExists } from './queues.ts';
import type { SqsContext } from './sqs-context.ts';

/** Creating a queue that exists, with the attributes it has, answers its URL. */
export function createQueue({ queues }: SqsContext): Operation {
  return (input: { QueueName?: string; Attributes?: Record<string, string> }) => {
    const attributes = checkAttributes(input.Attributes ?? {});
    const name = input.QueueName ?? '';
    const existing = queues.named(name);
    if (!existing) return { QueueUrl: queues.create(name, attributes).url };
    const different = Object.keys(attributes).find((key) => attributes[key] !== (existing.attributes[key] ?? ''));
    if (different) throw queueNameExists(different);
    return { QueueUrl: existing.url };
  };
}
