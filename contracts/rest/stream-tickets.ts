/** What opens the client stream: a browser can put no header on a WebSocket, and a key has no place in an address. */
import * as z from 'zod';

/** `ticket` opens `/stream?ticket=` once, until `expiresAt`. */
export const StreamTicket = z.object({ ticket: z.string(), expiresAt: z.iso.datetime() });
