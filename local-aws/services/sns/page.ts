import { invalidParameter } from './sns-error.ts';

/** Results of one list call. Source: API_ListSubscriptions.html. */
const PAGE_SIZE = 100;

export function pageOf<T>(items: readonly T[], token: string | undefined): { page: readonly T[]; nextToken?: string } {
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('NextToken');
  const page = items.slice(from, from + PAGE_SIZE);
  const next = from + PAGE_SIZE;
  return next < items.length ? { page, nextToken: String(next) } : { page };
}
