import { AwsError } from '../../kernel/aws-error.ts';

/** Refusals of the KMS API. Source: KMS API reference, the operations' errors. */
export function notFound(what: string): AwsError {
  return new AwsError('NotFoundException', what);
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export function disabled(arn: string): AwsError {
  return new AwsError('DisabledException', `${arn} is disabled.`);
}

export function wrongUsage(arn: string, usage: string, operation: string): AwsError {
  return new AwsError('InvalidKeyUsageException', `${arn} key usage is ${usage} which is not valid for ${operation}.`);
}

/** AWS does not say what is wrong with a ciphertext. */
export function invalidCiphertext(): AwsError {
  return new AwsError('InvalidCiphertextException', '');
}

export function incorrectKey(): AwsError {
  const message = 'The key ID in the request does not identify a CMK that can perform this operation.';
  return new AwsError('IncorrectKeyException', message);
}

export function invalidMac(): AwsError {
  return new AwsError('KMSInvalidMacException', '');
}
