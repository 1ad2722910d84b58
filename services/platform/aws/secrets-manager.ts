import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { sendDirectly } from './direct-send.ts';

export const secretsManager = sendDirectly(new SecretsManagerClient({}));
