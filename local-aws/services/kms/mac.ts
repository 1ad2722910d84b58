import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Operation } from '../../kernel/service.ts';
import type { Key } from './key-store.ts';
import type { Keys } from './keys.ts';
import { invalid, invalidMac } from './kms-error.ts';
import { refuseOthers, requestBlob } from './request-blob.ts';

/** Source: KMS API reference, GenerateMac and VerifyMac. */
const MAX_MESSAGE_BYTES = 4_096;
const MAX_MAC_BYTES = 6_144;
/** The one algorithm of HMAC_256. */
const ALGORITHM = 'HMAC_SHA_256';

interface Input {
  readonly KeyId?: string;
  readonly Message?: string;
  readonly Mac?: string;
  readonly MacAlgorithm?: string;
}

export function generateMac(keys: Keys): Operation {
  return (input: Input) => {
    refuseOthers('GenerateMac', input, ['KeyId', 'Message', 'MacAlgorithm']);
    const { key, mac } = macOf(keys, input, 'GenerateMac');
    return { Mac: mac.toString('base64'), MacAlgorithm: ALGORITHM, KeyId: keys.arnOf(key) };
  };
}

export function verifyMac(keys: Keys): Operation {
  return (input: Input) => {
    refuseOthers('VerifyMac', input, ['KeyId', 'Message', 'Mac', 'MacAlgorithm']);
    const given = requestBlob('mac', input.Mac, MAX_MAC_BYTES);
    const { key, mac } = macOf(keys, input, 'VerifyMac');
    if (given.byteLength !== mac.byteLength || !timingSafeEqual(given, mac)) throw invalidMac();
    return { KeyId: keys.arnOf(key), MacValid: true, MacAlgorithm: ALGORITHM };
  };
}

/** Keys of this kind are never rotated, so a message has one code for ever. */
function macOf(keys: Keys, { KeyId, Message, MacAlgorithm }: Input, operation: string): { key: Key; mac: Buffer } {
  const message = requestBlob('message', Message, MAX_MESSAGE_BYTES);
  const key = keys.usable(KeyId, 'GENERATE_VERIFY_MAC', operation);
  if (MacAlgorithm !== ALGORITHM) throw invalid(`Algorithm ${MacAlgorithm} and key spec are incompatible.`);
  return { key, mac: createHmac('sha256', keys.currentMaterial(key).bytes).update(message).digest() };
}
