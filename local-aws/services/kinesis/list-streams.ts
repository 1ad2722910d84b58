import type { Operation } from '../../kernel/service.ts';
import { integerWithin } from './kinesis-error.ts';
import type { Streams } from './streams.ts';

/** Source: API_ListStreams.html. */
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

interface ListStreamsInput {
  readonly Limit?: number;
  readonly ExclusiveStartStreamName?: string;
  readonly NextToken?: string;
}

/** In the order of their names. The token is the last name given. */
export function listStreams(streams: Streams): Operation {
  return (input: ListStreamsInput) => {
    const limit = integerWithin(input.Limit, 'limit', 1, MAX_LIMIT, DEFAULT_LIMIT);
    const after = input.NextToken ?? input.ExclusiveStartStreamName ?? '';
    const left = streams.all().filter(({ name }) => name > after);
    const page = left.slice(0, limit);
    const HasMoreStreams = left.length > limit;
    return {
      StreamNames: page.map(({ name }) => name),
      HasMoreStreams,
      ...(HasMoreStreams && { NextToken: page.at(-1)?.name }),
      StreamSummaries: page.map((stream) => ({
        StreamName: stream.name,
        StreamARN: stream.arn,
        StreamStatus: 'ACTIVE',
        StreamModeDetails: { StreamMode: stream.mode },
        StreamCreationTimestamp: stream.createdMs / 1000,
      })),
    };
  };
}
