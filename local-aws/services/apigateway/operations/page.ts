import { AwsError } from '../../../kernel/aws-error.ts';

/** API reference: pages of 25 unless told otherwise, of 500 at most. */
const DEFAULT_PAGE_SIZE = 25;
const MAX_PAGE_SIZE = 500;

export interface PageRequest {
  /** Identifier of the last item of the page before. */
  readonly position?: string;
  readonly limit?: string | number;
}

/** Cuts one page out of `items`; `position` is undefined on the last. */
export function page<T extends { readonly id: string }>(
  items: readonly T[],
  request: PageRequest,
): { items: readonly T[]; position: string | undefined } {
  const limit = Math.min(Number(request.limit ?? DEFAULT_PAGE_SIZE), MAX_PAGE_SIZE);
  if (!Number.isInteger(limit) || limit < 1) throw new AwsError('BadRequestException', 'Invalid limit specified');
  const from = request.position ? items.findIndex(({ id }) => id === request.position) + 1 : 0;
  if (request.position && from === 0) throw new AwsError('BadRequestException', 'Invalid position specified');
  const cut = items.slice(from, from + limit);
  return { items: cut, position: from + limit < items.length ? cut.at(-1)?.id : undefined };
}
