import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

export const secretsManager = lean(new SecretsManagerClient(LEAN_OPTIONS));
