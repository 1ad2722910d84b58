import { hash } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error.ts';
import { checkMessageAttributes, type MessageAttributes, md5OfMessageAttributes } from './message-attributes.ts';
import { missingParameter } from './sqs-error.ts';

/** What of a message is the same in whichever queue. Digests are hexadecimal MD5, `attributes` is the API's shape as JSON. */
export interface MessageContent {
  readonly body: string;
  readonly bodyMd5: string;
  readonly attributes: string | null;
  readonly attributesMd5: string | null;
  /** What counts against a queue's maximum. */
  readonly sizeBytes: number;
}

/** XML's characters without the rest of the control ones, as SQS has it; unpaired surrogates are refused too. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters SQS refuses
const REFUSED_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** @throws AwsError MissingParameter, InvalidMessageContents or InvalidParameterValue */
export function contentOf(body: unknown, attributes: MessageAttributes = {}): MessageContent {
  if (typeof body !== 'string' || body === '') throw missingParameter('MessageBody');
  if (REFUSED_CHARACTERS.test(body) || !body.isWellFormed()) {
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
  }
  const sizeBytes = Buffer.byteLength(body) + checkMessageAttributes(attributes);
  const hasAttributes = Object.keys(attributes).length > 0;
  return {
    body,
    bodyMd5: hash('md5', body),
    attributes: hasAttributes ? JSON.stringify(attributes) : null,
    attributesMd5: hasAttributes ? md5OfMessageAttributes(attributes) : null,
    sizeBytes,
  };
}
