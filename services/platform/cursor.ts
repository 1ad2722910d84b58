import type * as z from 'zod';

/**
 * A list's place, opaque to the client. Whose list it is comes from the caller's key, never from the cursor: the account that a cursor of
 * an account's list carries only lets a cursor be refused in another account's.
 */
export function encodeCursor(place: object, accountId?: string): string {
  return Buffer.from(JSON.stringify(accountId === undefined ? place : [accountId, place])).toString('base64url');
}

/** The place that a cursor names; `undefined` for none, null for what is no cursor of this list, or of this account's. */
export function decodeCursor<Place extends z.ZodType>(
  place: Place,
  cursor: string | undefined,
  accountId?: string,
): z.output<Place> | null | undefined {
  if (cursor === undefined) return undefined;
  try {
    const given: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const parsed = place.safeParse(accountId === undefined ? given : placeOf(given, accountId));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function placeOf(given: unknown, accountId: string): unknown {
  return Array.isArray(given) && given[0] === accountId ? given[1] : undefined;
}
