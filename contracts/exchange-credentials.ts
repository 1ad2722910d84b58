/**
 * How a member changes what it shows the exchange, and what the exchange signs its webhooks with:
 *
 *     POST  /credentials   MemberCredentials → {}   with a key that is valid now
 *
 * From then on webhooks are signed by the new secret. The former key stays valid for a day, so that a member changes over request by request;
 * the same credentials again change nothing.
 */
import * as z from 'zod';

const secret = z.string().regex(/^[A-Za-z0-9_-]{32,128}$/);

export const MemberCredentials = z.strictObject({ apiKey: secret, webhookSecret: secret });
export type MemberCredentials = z.infer<typeof MemberCredentials>;
