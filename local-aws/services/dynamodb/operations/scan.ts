import type { Operation } from '../../../kernel/service.ts';
import type { Database } from '../database.ts';
import { formatHash, HASH_RANGE } from '../items/key-encoding.ts';
import { type KeyRange, UNBOUNDED, WHOLE_RANGE } from '../items/range-reader.ts';
import { constraintViolation, validation } from '../validation.ts';
import { answerPage, type PageInput, readPage } from './page-reader.ts';

interface ScanInput extends PageInput {
  readonly Segment?: number;
  readonly TotalSegments?: number;
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html */
const MAX_SEGMENTS = 1_000_000;

export function scan(database: Database): Operation {
  return (input: ScanInput) => {
    const partitions = segmentRange(input);
    const request = readPage(database, input);
    const { table, index, after } = request;
    database.throttle();
    if (!index) return answerPage(request, database.ranges.table(table.id, partitions, after));
    return answerPage(request, database.ranges.index({ tableId: table.id, indexId: index.id }, partitions, after));
  };
}

/** The part of the hash's range that is the segment's. */
function segmentRange({ Segment: segment, TotalSegments: total }: ScanInput): KeyRange {
  if (segment === undefined && total === undefined) return WHOLE_RANGE;
  if (total === undefined) {
    throw validation(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (segment === undefined) {
    throw validation(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (total < 1 || total > MAX_SEGMENTS) {
    throw constraintViolation(total, 'totalSegments', `Member must have value between 1 and ${MAX_SEGMENTS}`);
  }
  if (segment < 0 || segment >= total) {
    throw validation(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  }
  const boundary = (number: number) => Math.ceil((number * HASH_RANGE) / total);
  const high = boundary(segment + 1);
  return { low: formatHash(boundary(segment)), high: high >= HASH_RANGE ? UNBOUNDED : formatHash(high) };
}
