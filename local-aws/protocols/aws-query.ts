import { XMLBuilder } from 'fast-xml-parser';

import { AwsError } from '../kernel/aws-error.ts';
import type { Protocol, WireRequest, WireResponse } from '../kernel/service.ts';
import type { ProtocolCodec } from './protocol.ts';

/**
 * The AWS query protocol: parameters as a form (`Subscriptions.member.1.Name=…`), answers as XML. It knows no model:
 * every leaf of the input is a string, lists come as arrays and maps as objects.
 * Source: smithy.io, awsQuery protocol.
 */
export function awsQuery(protocol: Extract<Protocol, { kind: 'aws-query' }>): ProtocolCodec {
  const document = (root: string, content: object): string =>
    BUILDER.build({ [root]: { '@xmlns': protocol.xmlNamespace, ...content } });
  return {
    decode: (request) => decodeForm(formOf(request)),
    encode: (operation, output, requestId) =>
      xmlResponse(
        200,
        document(`${operation}Response`, {
          [`${operation}Result`]: xmlOf(output ?? {}),
          ResponseMetadata: { RequestId: requestId },
        }),
        requestId,
      ),
    encodeError: (error, requestId) =>
      xmlResponse(error.status, document('ErrorResponse', errorOf(error, requestId)), requestId),
  };
}

const BUILDER = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: false });

function xmlResponse(status: number, body: string, requestId: string): WireResponse {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

function errorOf(error: AwsError, requestId: string): object {
  const Type = error.status < 500 ? 'Sender' : 'Receiver';
  return { Error: { Type, Code: error.code, Message: error.message, ...error.members }, RequestId: requestId };
}

/** Lists become `member` elements, plain objects structures, `Map`s lists of `entry`. */
function xmlOf(value: unknown): unknown {
  if (Array.isArray(value)) return { member: value.map(xmlOf) };
  if (value instanceof Map) return { entry: [...value].map(([key, item]) => ({ key, value: xmlOf(item) })) };
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  return Object.fromEntries(present.map(([name, item]) => [name, xmlOf(item)]));
}

function formOf(request: WireRequest): URLSearchParams {
  const text = typeof request.body === 'string' ? request.body : Buffer.from(request.body).toString('utf8');
  return new URLSearchParams(text === '' ? { ...request.query } : text);
}

function decodeForm(form: URLSearchParams): { operation: string; input: unknown } {
  const tree: FormNode = new Map();
  let operation = '';
  for (const [name, value] of form) {
    if (name === 'Action') operation = value;
    else if (name !== 'Version') place(tree, name.split('.'), value);
  }
  if (!operation) throw new AwsError('MissingAction', 'The request must contain the parameter Action.');
  return { operation, input: plain(tree) };
}

/** Keys of one level; a Map, so that no name can reach a prototype. */
type FormNode = Map<string, FormNode | string>;

function place(tree: FormNode, path: readonly string[], value: string): void {
  let node = tree;
  for (const name of path.slice(0, -1)) {
    let next = node.get(name);
    if (!(next instanceof Map)) {
      next = new Map();
      node.set(name, next);
    }
    node = next;
  }
  node.set(path.at(-1) as string, value);
}

function plain(node: FormNode | string): unknown {
  if (typeof node === 'string') return node;
  const members = node.size === 1 ? (node.get('member') ?? node.get('entry')) : undefined;
  if (members instanceof Map) return node.has('entry') ? mapOf(members) : numbered(members).map(plain);
  // An empty list is sent as `Name=`, under no number.
  if (members !== undefined) return [];
  const numbers = [...node.keys()].every((name) => /^\d+$/.test(name));
  if (numbers && node.size > 0) return numbered(node).map(plain);
  return Object.fromEntries([...node].map(([name, child]) => [name, plain(child)]));
}

/** Entries of a map name their members `key` and `value`, or `Name` and `Value`. */
function mapOf(entries: FormNode): Record<string, unknown> {
  const pairs = numbered(entries).map((entry): [string, unknown] => {
    if (!(entry instanceof Map)) return ['', undefined];
    const key = entry.get('key') ?? entry.get('Name');
    const value = entry.get('value') ?? entry.get('Value') ?? '';
    return [typeof key === 'string' ? key : '', plain(value)];
  });
  return Object.fromEntries(pairs);
}

function numbered(node: FormNode): (FormNode | string)[] {
  return [...node].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
}
