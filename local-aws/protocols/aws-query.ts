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
    `<${root} xmlns="${protocol.xmlNamespace}">${contentOf(content)}</${root}>`;
  return {
    decode: (request) => decodeForm(pairsOf(request)),
    encode: (operation, output, requestId) =>
      xmlResponse(
        200,
        document(`${operation}Response`, {
          [`${operation}Result`]: output ?? {},
          ResponseMetadata: { RequestId: requestId },
        }),
        requestId,
      ),
    encodeError: (error, requestId) =>
      xmlResponse(error.status, document('ErrorResponse', errorOf(error, requestId)), requestId),
  };
}

function xmlResponse(status: number, body: string, requestId: string): WireResponse {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

function errorOf(error: AwsError, requestId: string): object {
  const Type = error.status < 500 ? 'Sender' : 'Receiver';
  return { Error: { Type, Code: error.code, Message: error.message, ...error.members }, RequestId: requestId };
}

function element(name: string, value: unknown): string {
  return `<${name}>${contentOf(value)}</${name}>`;
}

/** Lists become `member` elements, plain objects structures, `Map`s lists of `entry`. */
function contentOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element('member', item)).join('');
  if (value instanceof Map) return [...value].map(([key, item]) => element('entry', { key, value: item })).join('');
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return escaped(String(value));
  let text = '';
  for (const [name, item] of Object.entries(value)) {
    if (item !== undefined && item !== null) text += element(name, item);
  }
  return text;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
}

function pairsOf({ body, query }: WireRequest): Iterable<readonly [string, string]> {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  return text === '' ? Object.entries(query) : text.split('&').map(decodePair);
}

function decodePair(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  if (equals < 0) return [decodePart(pair), ''];
  return [decodePart(pair.slice(0, equals)), decodePart(pair.slice(equals + 1))];
}

function decodePart(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch (cause) {
    throw Object.assign(new AwsError('MalformedQueryString', 'The query string contains a syntax error.'), { cause });
  }
}

function decodeForm(form: Iterable<readonly [string, string]>): { operation: string; input: unknown } {
  const tree: FormNode = new Map();
  let operation = '';
  for (const [name, value] of form) {
    if (name === 'Action') operation = value;
    else if (name !== 'Version') place(tree, name, value);
  }
  if (!operation) throw new AwsError('MissingAction', 'The request must contain the parameter Action.');
  return { operation, input: plain(tree) };
}

/** Keys of one level; a Map, so that no name can reach a prototype. */
type FormNode = Map<string, FormNode | string>;

/** Puts a value where its name's dots lead. */
function place(tree: FormNode, path: string, value: string): void {
  let node = tree;
  let start = 0;
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
    const name = path.slice(start, dot);
    let next = node.get(name);
    if (!(next instanceof Map)) {
      next = new Map();
      node.set(name, next);
    }
    node = next;
    start = dot + 1;
  }
  node.set(path.slice(start), value);
}

function plain(node: FormNode | string): unknown {
  if (typeof node === 'string') return node;
  const members = node.size === 1 ? (node.get('member') ?? node.get('entry')) : undefined;
  if (members instanceof Map) return node.has('entry') ? mapOf(members) : numbered(members).map(plain);
  // An empty list is sent as `Name=`, under no number.
  if (members !== undefined) return [];
  if (node.size > 0 && isNumbered(node)) return numbered(node).map(plain);
  const pairs: [string, unknown][] = [];
  for (const [name, child] of node) pairs.push([name, plain(child)]);
  return Object.fromEntries(pairs);
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

function isNumbered(node: FormNode): boolean {
  for (const name of node.keys()) if (!/^\d+$/.test(name)) return false;
  return true;
}

/** In the order of their numbers, in which they are sent but need not be. */
function numbered(node: FormNode): (FormNode | string)[] {
  let last = 0;
  for (const name of node.keys()) {
    if (Number(name) < last) return [...node].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
    last = Number(name);
  }
  return [...node.values()];
}
