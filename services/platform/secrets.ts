import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

/** Credentials of a foreign system: what we show it, and what it signs its webhooks with. */
export const ForeignCredentials = z.object({ apiKey: z.string().min(1), webhookSecret: z.string().min(1) });
export type ForeignCredentials = z.infer<typeof ForeignCredentials>;

export interface KnownCredentials extends ForeignCredentials {
  /** Those that a rotation is about to bring, and those that the last one replaced: the foreign system may still or already go by them. */
  readonly others?: readonly ForeignCredentials[];
}

/**
 * Reads the current credentials. Throws when they cannot be had: never a reason to call an order failed.
 *
 * @param refused what the foreign system did not take, or what its signature did not fit: unless they are known to be the newest, they are
 * read anew, the others with them
 */
export type ReadCredentials = (refused?: KnownCredentials) => Promise<KnownCredentials>;

/** A rotated secret is in use within five minutes; meanwhile the foreign system takes both. */
const SECRET_TTL_MS = 300_000;

/** Whoever sends us forged signatures must not make us ask for the secret each time. */
const RENEWAL_INTERVAL_MS = 1_000;

/** Reads a secret at most once in five minutes an environment, unless it is refused. Those who ask at the same moment share one call; failures are not kept. */
export function createCredentials(
  client: SecretsManagerClient,
  secretId: string,
  now: () => number = Date.now,
): ReadCredentials {
  let cached: { readonly readAtMs: number; readonly value: Promise<KnownCredentials> } | null = null;
  let renewedAtMs = Number.NEGATIVE_INFINITY;

  const keep = (value: Promise<KnownCredentials>): Promise<KnownCredentials> => {
    cached = { readAtMs: now(), value };
    value.catch(() => {
      if (cached?.value === value) cached = null;
    });
    return value;
  };

  return async (refused) => {
    if (!cached || now() >= cached.readAtMs + SECRET_TTL_MS) return keep(readCurrent(client, secretId));
    const known = await cached.value;
    if (known !== refused) return known;
    if (now() >= renewedAtMs + RENEWAL_INTERVAL_MS) {
      renewedAtMs = now();
      return keep(readAll(client, secretId));
    }
    // Another of the same moment is reading them anew already, or has just done so.
    return cached.value;
  };
}

async function readAll(client: SecretsManagerClient, secretId: string): Promise<KnownCredentials> {
  const [current, pending, previous] = await Promise.all([
    readCurrent(client, secretId),
    readLabelled(client, secretId, 'AWSPENDING'),
    readLabelled(client, secretId, 'AWSPREVIOUS'),
  ]);
  return { ...current, others: [pending, previous].filter((found) => found !== null) };
}

function readCurrent(client: SecretsManagerClient, secretId: string): Promise<ForeignCredentials> {
  return readCredentials(client, { SecretId: secretId });
}

/** Null when no version has the label, or the one that has it has no value yet, or one that never was credentials: the text that the secret was made with. */
async function readLabelled(
  client: SecretsManagerClient,
  secretId: string,
  label: string,
): Promise<ForeignCredentials | null> {
  try {
    return await readCredentials(client, { SecretId: secretId, VersionStage: label });
  } catch (error) {
    const isNone = error instanceof ResourceNotFoundException || error instanceof SyntaxError;
    if (isNone) return null;
    throw error;
  }
}

async function readCredentials(
  client: SecretsManagerClient,
  request: { readonly SecretId: string; readonly VersionStage?: string },
): Promise<ForeignCredentials> {
  const answer = await client.send(new GetSecretValueCommand(request));
  return ForeignCredentials.parse(JSON.parse(answer.SecretString ?? 'null'));
}
