import { invalidParameter } from './sns-error.ts';

/** A message attribute on the wire: binary values are base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** Refuses what SNS refuses; returns the bytes that names, types and values take of the message's size. */
export function checkMessageAttributes(attributes: MessageAttributes): number {
  let bytes = 0;
  for (const [name, attribute] of Object.entries(attributes)) {
    const { DataType, StringValue, BinaryValue } = attribute;
    if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name) || /^(?:aws|amazon)\./i.test(name)) {
      throw invalidParameter(`MessageAttributes Reason: invalid attribute name ${name}`);
    }
    if (typeof DataType !== 'string' || !/^(?:String|Number|Binary)(?:\..+)?$/.test(DataType)) {
      throw invalidParameter(`MessageAttributes Reason: The message attribute '${name}' has an invalid message \
attribute type, the set of supported type prefixes is Binary, Number, and String.`);
    }
    const value = DataType.startsWith('Binary') ? BinaryValue : StringValue;
    if (!value) throw invalidParameter(`MessageAttributes Reason: The message attribute '${name}' must have a value`);
    checkValue(name, DataType, value);
    bytes += Buffer.byteLength(name) + Buffer.byteLength(DataType);
    bytes += DataType.startsWith('Binary') ? Buffer.byteLength(value, 'base64') : Buffer.byteLength(value);
  }
  return bytes;
}

function checkValue(name: string, dataType: string, value: string): void {
  if (dataType.startsWith('Number') && !Number.isFinite(Number(value))) {
    throw invalidParameter(`MessageAttributes Reason: '${value}' of attribute '${name}' is not a number`);
  }
  if (dataType === 'String.Array' && !isArrayText(value)) {
    throw invalidParameter(`MessageAttributes Reason: attribute '${name}' is not a JSON array`);
  }
}

function isArrayText(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
