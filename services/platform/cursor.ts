import type * as z from 'zod';

/** A list's place, opaque to the client. It carries no account: whose list it is comes from the key, never from the cursor. */
export function encodeCursor(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place that a cursor names; `undefined` for none, null for what is no cursor of this list. */
export function decodeCursor<Place extends z.ZodType>(
  place: Place,
  cursor: string | undefined,
): z.output<Place> | null | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parsed = place.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
