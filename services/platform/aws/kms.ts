import { KMS } from '@aws-sdk/client-kms';
import { sendDirectly } from './direct-send.ts';

/** The aggregated client: the encryption SDK calls it by its methods. */
export const kms = sendDirectly(new KMS({}));
