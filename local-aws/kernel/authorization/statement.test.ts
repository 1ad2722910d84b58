import { expect, it } from 'vitest';
import type { RequestContext } from './access-request.ts';
import { PolicySet } from './policy-set.ts';
import { compileStatements } from './statement.ts';

const CALLER = { arns: [], accountId: '000000000000', service: undefined };
const TABLE = 'arn:aws:dynamodb:sa-east-1:000000000000:table/Orders';

/** The verdict of one statement on `dynamodb:GetItem` of the table, or on what `asked` says. */
function verdict(statement: object, context: RequestContext = {}, asked: { action?: string; resource?: string } = {}) {
  const whole = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE, ...statement };
  const policies = new PolicySet(compileStatements({ Version: '2012-10-17', Statement: whole }, 'identity'));
  const { action = 'dynamodb:GetItem', resource = TABLE } = asked;
  return policies.decide(action, resource, CALLER, (key) => context[key]);
}

it.each<[string, string, boolean]>([
  ['dynamodb:GetItem', 'dynamodb:GetItem', true],
  ['DynamoDB:getitem', 'dynamodb:GetItem', true],
  ['dynamodb:Get*', 'dynamodb:GetItem', true],
  ['dynamodb:Get?tem', 'dynamodb:GetItem', true],
  ['dynamodb:*Item', 'dynamodb:BatchGetItem', true],
  ['dynamodb:GetItem', 'dynamodb:GetItems', false],
  ['sqs:*', 'dynamodb:GetItem', false],
  ['*', 'dynamodb:GetItem', true],
])('the action %s covers %s: %s', (Action, action, covers) => {
  expect(verdict({ Action }, {}, { action })).toBe(covers ? 'ALLOW' : 'NONE');
});

it.each<[string, string, boolean]>([
  [TABLE, `${TABLE}/index/byStatus`, false],
  [`${TABLE}/index/*`, `${TABLE}/index/byStatus`, true],
  ['arn:aws:dynamodb:*:*:table/Ord?rs', TABLE, true],
  ['arn:aws:s3:::receipts/*', 'arn:aws:s3:::receipts/2026/a.pdf', true],
  ['arn:aws:s3:::receipts/*.pdf', 'arn:aws:s3:::receipts/a.txt', false],
  ['arn:aws:s3:::re.eipts', 'arn:aws:s3:::receipts', false],
])('the resource %s covers %s: %s', (Resource, resource, covers) => {
  expect(verdict({ Resource }, {}, { resource })).toBe(covers ? 'ALLOW' : 'NONE');
});

const KEYS = 'dynamodb:LeadingKeys';
const CLIENT = 'kms:EncryptionContext:client';
const SOURCE = 'aws:SourceArn';
const SSE = 's3:x-amz-server-side-encryption';
const STAGE = 'arn:aws:execute-api:sa-east-1:000000000000:api/local';
it.each<[object, RequestContext, boolean]>([
  [{ StringEquals: { [CLIENT]: 'ana' } }, { [CLIENT]: 'ana' }, true],
  [{ StringEquals: { [CLIENT]: 'ana' } }, { [CLIENT]: 'Ana' }, false],
  [{ StringEquals: { [CLIENT]: 'ana' } }, {}, false],
  [{ StringEquals: { [CLIENT]: ['ana', 'bruno'] } }, { [CLIENT]: 'bruno' }, true],
  [{ StringEquals: { 'kms:encryptioncontext:Client': 'ana' } }, { [CLIENT]: 'ana' }, false],
  [{ StringEquals: { 'AWS:sourcearn': STAGE } }, { [SOURCE]: STAGE }, true],
  [{ StringNotEquals: { [SSE]: 'aws:kms' } }, { [SSE]: 'AES256' }, true],
  [{ StringNotEquals: { [SSE]: ['aws:kms', 'AES256'] } }, { [SSE]: 'AES256' }, false],
  [{ StringNotEquals: { [SSE]: 'aws:kms' } }, {}, true],
  [{ StringLike: { [CLIENT]: 'a?a*' } }, { [CLIENT]: 'ana-1' }, true],
  [{ StringLike: { [CLIENT]: 'a?a' } }, { [CLIENT]: 'anna' }, false],
  [{ ArnLike: { [SOURCE]: `${STAGE}/GET/v1/orders/*` } }, { [SOURCE]: `${STAGE}/GET/v1/orders/{orderId}` }, true],
  [{ ArnEquals: { [SOURCE]: 'arn:aws:sns:*:*:Orders' } }, { [SOURCE]: 'arn:aws:sns:sa-east-1:1:Orders' }, true],
  [{ ArnLike: { [SOURCE]: 'arn:aws:*:Orders' } }, { [SOURCE]: 'arn:aws:sns:sa-east-1:1:Orders' }, false],
  [{ Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': 'true' }, false],
  [{ Bool: { 'aws:SecureTransport': false } }, { 'aws:SecureTransport': 'false' }, true],
  [{ Null: { [SSE]: 'false' } }, { [SSE]: 'aws:kms' }, true],
  [{ Null: { [SSE]: 'false' } }, {}, false],
  [{ Null: { [SSE]: 'true' } }, {}, true],
  [{ 'ForAllValues:StringEquals': { [KEYS]: ['ana', 'bruno'] } }, { [KEYS]: ['ana', 'bruno'] }, true],
  [{ 'ForAllValues:StringEquals': { [KEYS]: ['ana'] } }, { [KEYS]: ['ana', 'bruno'] }, false],
  [{ 'ForAllValues:StringLike': { [KEYS]: 'RATE#*' } }, {}, true],
  [{ 'ForAnyValue:StringEquals': { [KEYS]: ['ana'] } }, { [KEYS]: ['ana', 'bruno'] }, true],
  [{ 'ForAnyValue:StringEquals': { [KEYS]: ['ana'] } }, {}, false],
  [{ StringEquals: { [CLIENT]: 'ana' }, Null: { [SSE]: 'true' } }, { [CLIENT]: 'ana', [SSE]: 'x' }, false],
])('%j on %j: %s', (Condition, context, holds) => {
  expect(verdict({ Condition }, context)).toBe(holds ? 'ALLOW' : 'NONE');
  expect(verdict({ Condition, Effect: 'Deny' }, context)).toBe(holds ? 'DENY' : 'NONE');
});

it.each<[object, string]>([
  [{ Condition: { NumericLessThan: { [KEYS]: '1' } } }, 'condition operator NumericLessThan'],
  [{ Condition: { StringEqualsIfExists: { [CLIENT]: 'a' } } }, 'condition operator StringEqualsIfExists'],
  [{ Condition: { StringEquals: { 'aws:SourceIp': '::1' } } }, 'condition key aws:SourceIp'],
  [{ Condition: { StringEquals: { [CLIENT]: `$\{aws:username}` } } }, 'policy variable'],
  [{ Resource: `arn:aws:s3:::$\{aws:username}` }, 'policy variable'],
  [{ NotAction: 'sqs:*' }, 'policy element NotAction'],
  [{ NotResource: '*' }, 'policy element NotResource'],
  [{ Principal: '*' }, 'policies of roles have no Principal'],
  [{ Effect: 'Maybe' }, 'Effect Maybe'],
  [{ Action: undefined }, 'needs an Action'],
  [{ Resource: undefined }, 'needs a Resource'],
  [{ Resource: { Ref: 'Table' } }, 'is no text'],
])('refuses %j', (statement, message) => {
  expect(() => verdict(statement)).toThrow(message);
});

it('refuses a principal that it cannot tell', () => {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Principal: { Federated: 'cognito' } };
  expect(() => compileStatements({ Statement: statement }, 'resource')).toThrow('principal Federated');
});
