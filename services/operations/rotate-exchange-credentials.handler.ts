import { randomBytes } from 'node:crypto';
import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { readConfig } from '../platform/config.ts';
import { callForeign } from '../platform/foreign-http.ts';
import { createCredentialsAtExchange } from './credentials-at-exchange.ts';
import { type RotationEvent, rotateExchangeCredentials } from './rotate-exchange-credentials.ts';
import { createSecretVault } from './secret-vault-gateway.ts';

const config = readConfig(['EXCHANGE_URL']);
const exchange = createCredentialsAtExchange(callForeign, config.EXCHANGE_URL);

/** 256 bits, as text of 43 characters. */
const newSecret = () => randomBytes(32).toString('base64url');

/** Called by Secrets Manager alone; its role reaches the one secret. */
export const handler = (event: RotationEvent): Promise<void> =>
  rotateExchangeCredentials(event, {
    vault: createSecretVault(secretsManager, event.SecretId),
    exchange,
    newCredentials: () => ({ apiKey: newSecret(), webhookSecret: newSecret() }),
  });
