import { XMLParser } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { AwsError } from '../kernel/aws-error.ts';
import { awsQuery } from './aws-query.ts';

const codec = awsQuery({
  kind: 'aws-query',
  version: '2010-03-31',
  xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
});

function decode(parameters: Record<string, string>) {
  const body = new URLSearchParams({ Version: '2010-03-31', ...parameters }).toString();
  return codec.decode({ method: 'POST', path: '/', query: {}, headers: {}, body });
}

it('reads scalars, lists, maps and what is nested in them', () => {
  const { operation, input } = decode({
    Action: 'PublishBatch',
    TopicArn: 'arn:aws:sns:sa-east-1:000000000000:OrderEvents',
    'PublishBatchRequestEntries.member.2.Id': 'b',
    'PublishBatchRequestEntries.member.1.Id': 'a',
    'PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Name': 'a.b.c',
    'PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.DataType': 'String',
    'PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.StringValue': 'x & y=é+',
    'Attributes.entry.1.key': 'DisplayName',
    'Attributes.entry.1.value': 'orders',
  });
  expect(operation).toBe('PublishBatch');
  expect(input).toEqual({
    TopicArn: 'arn:aws:sns:sa-east-1:000000000000:OrderEvents',
    PublishBatchRequestEntries: [
      { Id: 'a', MessageAttributes: { 'a.b.c': { DataType: 'String', StringValue: 'x & y=é+' } } },
      { Id: 'b' },
    ],
    Attributes: { DisplayName: 'orders' },
  });
});

it('orders eleven members by number, not by text', () => {
  const members = Array.from({ length: 11 }, (_, index) => [`Names.member.${index + 1}`, String(index + 1)]);
  expect(decode({ Action: 'A', ...Object.fromEntries(members.reverse()) }).input).toEqual({
    Names: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'],
  });
});

it('refuses a request without action', () => {
  expect(() => decode({})).toThrow(AwsError);
});

it('refuses a form that is not percent-encoded UTF-8', () => {
  const request = { method: 'POST', path: '/', query: {}, headers: {}, body: 'Action=Publish&Message=%E9' };
  expect(() => codec.decode(request)).toThrow(expect.objectContaining({ code: 'MalformedQueryString' }));
});

it('cannot be made to write on a prototype', () => {
  decode({ Action: 'A', '__proto__.polluted': 'yes' });
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

it('writes answers as XML, escaped, without what is undefined', () => {
  const output = {
    Topics: [{ TopicArn: 'a<b>&"c"' }, { TopicArn: 'd' }],
    Attributes: new Map([['Policy', '{"a":1}']]),
    NextToken: undefined,
  };
  const { body, headers, status } = codec.encode('ListTopics', output, 'request-1');
  expect({ status, contentType: headers['content-type'] }).toEqual({ status: 200, contentType: 'text/xml' });
  expect(new XMLParser().parse(String(body))).toEqual({
    ListTopicsResponse: {
      ListTopicsResult: {
        Topics: { member: [{ TopicArn: 'a<b>&"c"' }, { TopicArn: 'd' }] },
        Attributes: { entry: { key: 'Policy', value: '{"a":1}' } },
      },
      ResponseMetadata: { RequestId: 'request-1' },
    },
  });
});

it('writes errors with whose fault they are', () => {
  const { status, body } = codec.encodeError(
    new AwsError('NotFound', 'Topic does not exist', { status: 404 }),
    'request-1',
  );
  expect(status).toBe(404);
  expect(new XMLParser().parse(String(body)).ErrorResponse).toEqual({
    Error: { Type: 'Sender', Code: 'NotFound', Message: 'Topic does not exist' },
    RequestId: 'request-1',
  });
});
