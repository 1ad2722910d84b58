import type { Operation } from '../../../kernel/service.ts';
import type { Database } from '../database.ts';
import type { ItemRow } from '../items/range-reader.ts';
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
    checkSegment(input);
    const request = readPage(database, input);
    const { table, index, after } = request;
    database.throttle();
    const rows = index
      ? database.ranges.index({ tableId: table.id, indexId: index.id }, after)
      : database.ranges.table(table.id, after);
    return answerPage(request, input.TotalSegments === undefined ? rows : rowsOfSegment(rows, input));
  };
}

/** A segment is the partitions whose hash falls to it. */
function* rowsOfSegment(rows: Iterable<ItemRow>, { Segment, TotalSegments = 1 }: ScanInput): Iterable<ItemRow> {
  for (const row of rows) {
    if (hashOf(row.partition ?? '') % TotalSegments === Segment) yield row;
  }
}

/** FNV-1a, unsigned. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function checkSegment({ Segment: segment, TotalSegments: total }: ScanInput): void {
  if (segment === undefined && total === undefined) return;
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
}
