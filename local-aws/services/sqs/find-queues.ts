import type { Operation } from '../../kernel/service.ts';
import type { SqsContext } from './sqs-context.ts';
import { invalidParameter, missingParameter, queueDoesNotExist, wholeNumber } from './sqs-error.ts';

const MAX_LIST_RESULTS = 1_000;

export function getQueueUrl({ kernel, queues }: SqsContext): Operation {
  return (input: { QueueName?: string; QueueOwnerAWSAccountId?: string }) => {
    if (!input.QueueName) throw missingParameter('QueueName');
    const ownerId = input.QueueOwnerAWSAccountId ?? kernel.accountId;
    const queue = ownerId === kernel.accountId ? queues.named(input.QueueName) : undefined;
    if (!queue) throw queueDoesNotExist();
    return { QueueUrl: queue.url };
  };
}

export function listQueues({ queues }: SqsContext): Operation {
  return (input: { QueueNamePrefix?: string; MaxResults?: number; NextToken?: string }) => {
    const names = queues.all().map(({ name }) => name);
    const prefix = input.QueueNamePrefix ?? '';
    const { page, nextToken } = pageOf(
      names.filter((name) => name.startsWith(prefix)),
      input,
    );
    const urls = page.map((name) => queues.named(name)?.url);
    return { ...(urls.length > 0 ? { QueueUrls: urls } : {}), ...nextToken };
  };
}

export function listDeadLetterSourceQueues({ queues }: SqsContext): Operation {
  return (input: { QueueUrl?: string; MaxResults?: number; NextToken?: string }) => {
    const sources = queues.sourcesOf(queues.ofUrl(input.QueueUrl));
    const { page, nextToken } = pageOf(
      sources.map(({ name }) => name),
      input,
    );
    return { queueUrls: page.map((name) => queues.named(name)?.url), ...nextToken };
  };
}

/** One page of names in order. Without `MaxResults` AWS answers at most 1,000 and gives no token. */
function pageOf(
  names: readonly string[],
  { MaxResults, NextToken }: { MaxResults?: number; NextToken?: string },
): { page: readonly string[]; nextToken: { NextToken?: string } } {
  const size = wholeNumber(MaxResults, 'MaxResults', { min: 1, max: MAX_LIST_RESULTS }, MAX_LIST_RESULTS);
  if (NextToken && MaxResults === undefined)
    throw invalidParameter('MaxResults is a mandatory parameter with NextToken.');
  const after = NextToken ? Buffer.from(NextToken, 'base64url').toString() : '';
  const rest = names.toSorted().filter((name) => name > after);
  const page = rest.slice(0, size);
  const more = MaxResults !== undefined && rest.length > size;
  return { page, nextToken: more ? { NextToken: Buffer.from(page.at(-1) ?? '').toString('base64url') } : {} };
}
