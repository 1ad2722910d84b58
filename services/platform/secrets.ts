import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

/** Credentials of a foreign system: what we show it, and what it signs its webhooks with. */
export const ForeignCredentials = z.object({ apiKey: z.string().min(1), webhookSecret: z.string().min(1) });
export type ForeignCredentials = z.infer<typeof ForeignCredentials>;

/** Reads the current credentials. Throws when they cannot be had: never a reason to call an order failed. */
export type ReadCredentials = () => Promise<ForeignCredentials>;

/** A rotated secret is in use within five minutes; meanwhile the foreign system takes both. */
const SECRET_TTL_MS = 300_000;

/** Reads a secret at most once in five minutes an environment. Those who ask at the same moment share one call; failures are not kept. */
export function createCredentials(
  client: SecretsManagerClient,
  secretId: string,
  now: () => number = Date.now,
): ReadCredentials {
  let cached: { readonly untilMs: number; readonly value: Promise<ForeignCredentials> } | null = null;
  return () => {
    if (cached && now() < cached.untilMs) return cached.value;
    const value = readCredentials(client, secretId);
    cached = { untilMs: now() + SECRET_TTL_MS, value };
    value.catch(() => {
      if (cached?.value === value) cached = null;
    });
    return value;
  };
}

async function readCredentials(client: SecretsManagerClient, secretId: string): Promise<ForeignCredentials> {
  const answer = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  return ForeignCredentials.parse(JSON.parse(answer.SecretString ?? 'null'));
}
