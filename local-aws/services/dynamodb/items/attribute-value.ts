import { AwsError } from '../../../kernel/aws-error.ts';
import { constraintViolation, invalidParameterValue, validation } from '../validation.ts';
import { canonicalNumber, numberSizeBytes } from './decimal.ts';

/** As on the wire: one member, named for the type. Binary is base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: AttributeMap };

export type AttributeMap = { readonly [name: string]: AttributeValue };
export type AttributeType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (attribute nesting). */
const MAX_NESTING_LEVELS = 32;

export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw emptyValue();
}

/** What the value holds, whatever its type. */
export function contentOf(value: AttributeValue): unknown {
  for (const type in value) return (value as unknown as Record<string, unknown>)[type];
  throw emptyValue();
}

/** Checks a map of values from the wire and returns it with canonical numbers; what needs no change is not copied. */
export function admitMap(input: unknown, depth = 1): AttributeMap {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw wrongShape('a map of attribute values');
  let result = input as Record<string, AttributeValue>;
  for (const name in result) {
    if (name === '') throw validation('Empty attribute name');
    const before = result[name];
    const after = admitValue(before, depth);
    if (after === before) continue;
    if (result === input) result = { ...result };
    result[name] = after;
  }
  return result;
}

export function admitValue(input: unknown, depth = 1): AttributeValue {
  if (typeof input !== 'object' || input === null) throw wrongShape('an attribute value');
  const type = soleMember(input);
  const content = (input as Record<string, unknown>)[type];
  switch (type) {
    case 'S':
      text(content);
      return input as AttributeValue;
    case 'N': {
      const canonical = canonicalNumber(text(content));
      return canonical === content ? (input as AttributeValue) : { N: canonical };
    }
    case 'B':
      return admitBinary(content, input as AttributeValue);
    case 'BOOL':
      if (typeof content !== 'boolean') throw wrongShape('a Boolean');
      return input as AttributeValue;
    case 'NULL':
      if (content !== true) throw invalidParameterValue('Null attribute value types must have the value of true');
      return input as AttributeValue;
    case 'SS':
    case 'NS':
    case 'BS':
      return admitSet(type, content);
    case 'L':
      return admitList(content, input as AttributeValue, deeper(depth));
    case 'M': {
      const admitted = admitMap(content, deeper(depth));
      return admitted === content ? (input as AttributeValue) : { M: admitted };
    }
    default:
      throw emptyValue();
  }
}

/** A map that the request must have, named as in AWS's refusal. */
export function requiredMap(input: unknown, member: string): AttributeMap {
  if (input === undefined || input === null) throw constraintViolation(null, member, 'Member must not be null');
  return admitMap(input);
}

/** Bytes of an item or map as DynamoDB counts them: names in UTF-8 plus values. With its JSON, where that is at hand, in less time. */
export function mapSizeBytes(map: AttributeMap, json?: string): number {
  return sizeBytesOf(map, json !== undefined && isAscii(json) ? lengthOf : Buffer.byteLength);
}

type TextBytes = (text: string) => number;

function sizeBytesOf(map: AttributeMap, textBytes: TextBytes): number {
  let size = 0;
  for (const name in map) size += textBytes(name) + valueSizeBytes(map[name] as AttributeValue, textBytes);
  return size;
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
function valueSizeBytes(value: AttributeValue, textBytes: TextBytes): number {
  if ('S' in value) return textBytes(value.S);
  if ('N' in value) return numberSizeBytes(value.N);
  if ('B' in value) return binarySizeBytes(value.B);
  if ('SS' in value) return total(value.SS, textBytes);
  if ('NS' in value) return total(value.NS, numberSizeBytes);
  if ('BS' in value) return total(value.BS, binarySizeBytes);
  if ('L' in value) {
    return CONTAINER_BYTES + total(value.L, (element) => valueSizeBytes(element, textBytes) + ELEMENT_BYTES);
  }
  if ('M' in value) {
    return CONTAINER_BYTES + sizeBytesOf(value.M, textBytes) + ELEMENT_BYTES * Object.keys(value.M).length;
  }
  return 1;
}

/** Whether all the text within a JSON has as many bytes as characters. JSON escapes the half of a surrogate pair, which has three. */
function isAscii(json: string): boolean {
  return Buffer.byteLength(json) === json.length && !json.includes('\\ud');
}

function lengthOf(text: string): number {
  return text.length;
}

export function binarySizeBytes(base64: string): number {
  return Buffer.byteLength(base64, 'base64');
}

const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function soleMember(input: object): string {
  let sole: string | undefined;
  for (const type in input) {
    const content = (input as Record<string, unknown>)[type];
    if (content === undefined || content === null) continue;
    if (sole !== undefined) {
      throw validation(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
    }
    sole = type;
  }
  if (sole === undefined) throw emptyValue();
  return sole;
}

function admitBinary(content: unknown, input: AttributeValue): AttributeValue {
  if (!BASE64.test(text(content))) throw new AwsError('SerializationException', 'Invalid base64 in a binary value');
  return input;
}

function admitSet(type: 'SS' | 'NS' | 'BS', content: unknown): AttributeValue {
  if (!Array.isArray(content)) throw wrongShape('a list');
  if (content.length === 0) {
    const kind = { SS: 'An string set ', NS: 'An number set ', BS: 'Binary sets' }[type];
    throw invalidParameterValue(`${kind} ${type === 'BS' ? 'should not' : 'may not'} be empty`);
  }
  const members = type === 'NS' ? content.map((member) => canonicalNumber(text(member))) : content.map(text);
  if (new Set(members).size < members.length) {
    if (type === 'NS') throw validation('Input collection contains duplicates');
    throw invalidParameterValue(
      `Input collection [${members.join(', ')}]${type === 'BS' ? 'of type BS' : ''} contains duplicates.`,
    );
  }
  return { [type]: members } as unknown as AttributeValue;
}

function admitList(content: unknown, input: AttributeValue, depth: number): AttributeValue {
  if (!Array.isArray(content)) throw wrongShape('a list');
  let changed = false;
  const admitted = content.map((element) => {
    const after = admitValue(element, depth);
    changed ||= after !== element;
    return after;
  });
  return changed ? { L: admitted } : input;
}

function deeper(depth: number): number {
  if (depth >= MAX_NESTING_LEVELS) {
    throw validation(
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    );
  }
  return depth + 1;
}

function text(content: unknown): string {
  if (typeof content !== 'string') throw wrongShape('a String');
  return content;
}

function total<T>(members: readonly T[], sizeOf: (member: T) => number): number {
  let size = 0;
  for (const member of members) size += sizeOf(member);
  return size;
}

function emptyValue(): AwsError {
  return validation('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
}

function wrongShape(expected: string): AwsError {
  return new AwsError('SerializationException', `The request holds something else where ${expected} must stand`);
}
