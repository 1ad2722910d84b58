import { KMS } from '@aws-sdk/client-kms';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

/** The aggregated client: the encryption SDK calls it by its methods. */
export const kms = lean(new KMS(LEAN_OPTIONS));
