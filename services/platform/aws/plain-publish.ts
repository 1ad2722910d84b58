import type { SNSClient } from '@aws-sdk/client-sns';
import { HttpRequest } from '@smithy/core/transport';
import type { $ClientProtocol, EndpointV2, HttpResponse, ResponseMetadata } from '@smithy/types';
import { answerText } from './answer-text.ts';

interface QueryProtocol extends $ClientProtocol<HttpRequest, HttpResponse> {
  deserializeMetadata(response: HttpResponse): ResponseMetadata;
}

/** A list of refusals with something in it. */
const REFUSALS = /<Failed>(?!<\/Failed>)/;

/**
 * Lets SNS's client write `PublishBatch` as a form without a walk through the service's schema, and read no XML when nothing was refused: what the SDK does is a
 * multiple of it. An answer that refuses an entry, and every other operation, it reads itself; without refusals the output has no `Successful`.
 */
export function withPlainPublish(client: SNSClient): SNSClient {
  const { protocol } = client.config as unknown as { readonly protocol: QueryProtocol };
  const write = protocol.serializeRequest.bind(protocol);
  const read = protocol.deserializeResponse.bind(protocol);

  protocol.serializeRequest = async (operation, input, context) => {
    if (operation.name !== 'PublishBatch') return write(operation, input, context);
    const request = new HttpRequest({
      method: 'POST',
      body: `Action=PublishBatch&Version=2010-03-31${form('', input)}`,
    });
    protocol.updateServiceEndpoint(request, (await context.endpoint()) as unknown as EndpointV2);
    request.headers['content-type'] = 'application/x-www-form-urlencoded';
    return request;
  };

  protocol.deserializeResponse = async (operation, context, response) => {
    if (operation.name !== 'PublishBatch' || response.statusCode >= 300) return read(operation, context, response);
    const text = await answerText(response, context);
    const isWhole = text.trimEnd().endsWith('</PublishBatchResponse>');
    if (!isWhole || REFUSALS.test(text)) return read(operation, context, { ...response, body: Buffer.from(text) });
    return { $metadata: protocol.deserializeMetadata(response) } as never;
  };
  return client;
}

/** A value's part of the form: `&name=text` for each text within it. */
function form(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Uint8Array) return form(name, Buffer.from(value).toString('base64'));
  if (typeof value !== 'object') return `&${name}=${escaped(String(value))}`;
  let members = '';
  // Joined strings would be copied at each level.
  for (const [memberName, member] of membersOf(name, value)) members += form(memberName, member);
  return members;
}

/** Those of lists are numbered, from one, and so are those of the one map, which are pairs of a name and a value. */
function membersOf(name: string, value: object): [string, unknown][] {
  if (Array.isArray(value)) return value.map((member, index) => [`${name}.member.${index + 1}`, member]);
  const members = Object.entries(value);
  if (name.endsWith('.MessageAttributes'))
    return members.map(([Name, Value], index) => [`${name}.entry.${index + 1}`, { Name, Value }]);
  return members.map(([key, member]) => [name ? `${name}.${key}` : key, member]);
}

/** As the SDK does it: `encodeURIComponent` leaves five characters that RFC 3986 reserves. */
function escaped(text: string): string {
  const hexOf = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, hexOf);
}
