import { kms } from '../platform/aws/kms.ts';
import type { PersonalDataVault } from './personal-data.ts';
import { createPersonalDataVault } from './personal-data-gateway.ts';

/** Environment variables of every function that tells the bank a client's CPF. Apart from the other wiring: the encryption SDK is heavy. */
export const PERSONAL_DATA_VARIABLES = ['PERSONAL_DATA_KEY'] as const;

export function connectPersonalData(
  config: Readonly<Record<(typeof PERSONAL_DATA_VARIABLES)[number], string>>,
): PersonalDataVault {
  return createPersonalDataVault(kms, config.PERSONAL_DATA_KEY);
}
