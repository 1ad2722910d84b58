import { hash } from 'node:crypto';
import { MAX_ATTRIBUTE_NAME_CHARACTERS, MAX_MESSAGE_ATTRIBUTES } from './limits.ts';
import { invalidParameter } from './sqs-error.ts';

/** A message attribute on the wire: binary values are base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

const NAME = /^(?!(?:aws|amazon)\.)(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]+(?<!\.)$/i;
const DATA_TYPE = /^(?:String|Number|Binary)(?:\..+)?$/;

/** Refuses what SQS refuses; returns the bytes that names, types and values take of the message's size. */
export function checkMessageAttributes(attributes: MessageAttributes): number {
  const entries = Object.entries(attributes);
  if (entries.length > MAX_MESSAGE_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${MAX_MESSAGE_ATTRIBUTES}].`,
    );
  }
  let bytes = 0;
  for (const [name, attribute] of entries) bytes += checkAttribute(name, attribute);
  return bytes;
}

function checkAttribute(name: string, { DataType, StringValue, BinaryValue }: MessageAttribute): number {
  if (name.length > MAX_ATTRIBUTE_NAME_CHARACTERS || !NAME.test(name)) {
    throw invalidParameter(`Invalid message attribute name '${name}'.`);
  }
  if (typeof DataType !== 'string' || !DATA_TYPE.test(DataType)) {
    throw invalidParameter(`The type of message (user) attribute '${name}' is invalid. You must use only the \
following supported type prefixes: Binary, Number, String.`);
  }
  const value = DataType.startsWith('Binary') ? BinaryValue : StringValue;
  if (!value || (DataType.startsWith('Number') && !Number.isFinite(Number(value)))) {
    throw invalidParameter(`The message (user) attribute '${name}' must contain a non-empty ${DataType} value.`);
  }
  const valueBytes = DataType.startsWith('Binary') ? Buffer.byteLength(value, 'base64') : Buffer.byteLength(value);
  return Buffer.byteLength(name) + Buffer.byteLength(DataType) + valueBytes;
}

/**
 * MD5 of attributes, in hexadecimal. Each, in order of name: length and bytes of name and type, then 1 (string) or 2
 * (binary), then length and bytes of the value. Source: SQSDeveloperGuide, sqs-message-metadata.html.
 */
export function md5OfMessageAttributes(attributes: MessageAttributes): string {
  const names = Object.keys(attributes).sort();
  const bytes = Buffer.allocUnsafe(names.reduce((sum, name) => sum + maxBytesOf(name, attributes), 0));
  let at = 0;
  const write = (text: string, encoding: 'utf8' | 'base64'): void => {
    const length = bytes.write(text, at + LENGTH_BYTES, encoding);
    at = bytes.writeUInt32BE(length, at) + length;
  };
  for (const name of names) {
    const { DataType, StringValue = '', BinaryValue = '' } = attributes[name] as MessageAttribute;
    const isBinary = DataType.startsWith('Binary');
    write(name, 'utf8');
    write(DataType, 'utf8');
    at = bytes.writeUInt8(isBinary ? 2 : 1, at);
    if (isBinary) write(BinaryValue, 'base64');
    else write(StringValue, 'utf8');
  }
  return hash('md5', bytes.subarray(0, at));
}

const LENGTH_BYTES = 4;

/** Enough for an attribute in the digest: a UTF-16 unit takes three bytes of UTF-8 at most. */
function maxBytesOf(name: string, attributes: MessageAttributes): number {
  const { DataType, StringValue = '', BinaryValue = '' } = attributes[name] as MessageAttribute;
  return 3 * (name.length + DataType.length + StringValue.length + BinaryValue.length) + 3 * LENGTH_BYTES + 1;
}

/** The attributes a receiver asked for: `All`, `.*`, names, or prefixes such as `order.*`. */
export function chosenAttributes(attributes: MessageAttributes, names: readonly string[]): MessageAttributes {
  if (names.includes('All') || names.includes('.*')) return attributes;
  const prefixes = names.filter((name) => name.endsWith('.*')).map((name) => name.slice(0, -2));
  const chosen = Object.entries(attributes).filter(
    ([name]) => names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix)),
  );
  return Object.fromEntries(chosen);
}
