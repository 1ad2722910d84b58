import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { lean } from './lean-client.ts';

export const secretsManager = lean(new SecretsManagerClient({}));
