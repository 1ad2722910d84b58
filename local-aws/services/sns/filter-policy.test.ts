import { expect, it } from 'vitest';
import { type FilterPolicyScope, messageFilter } from './filter-policy.ts';
import type { MessageAttributes } from './message-attributes.ts';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const number = (StringValue: string) => ({ DataType: 'Number', StringValue });

function accepts(policy: object, message: { body?: string; attributes?: MessageAttributes }, scope: FilterPolicyScope) {
  return messageFilter(
    JSON.stringify(policy),
    scope,
  )({ body: message.body ?? '', attributes: message.attributes ?? {} });
}

it.each<[object, MessageAttributes, boolean]>([
  [{ event: ['FILLED'] }, { event: text('FILLED') }, true],
  [{ event: ['FILLED'] }, { event: text('NEW') }, false],
  [{ event: ['FILLED'] }, {}, false],
  [{ quantity: [{ numeric: ['>=', 100] }] }, { quantity: number('100') }, true],
  [{ quantity: [{ numeric: ['>=', 100] }] }, { quantity: text('100') }, false],
  [{ tags: ['b'] }, { tags: { DataType: 'String.Array', StringValue: '["a","b"]' } }, true],
  [{ raw: [{ exists: true }] }, { raw: { DataType: 'Binary', BinaryValue: 'AA==' } }, false],
  [{ vip: [{ exists: false }] }, {}, true],
  [{ event: [{ 'anything-but': { prefix: 'PENDING' } }] }, { event: text('NEW') }, true],
  [{ $or: [{ event: ['NEW'] }, { side: ['BUY'] }] }, { side: text('BUY') }, true],
  [{}, {}, true],
])('by attributes: %j on %j is %s', (policy, attributes, expected) => {
  expect(accepts(policy, { attributes }, 'MessageAttributes')).toBe(expected);
});

it.each<[object, string, boolean]>([
  [{ order: { symbol: [{ prefix: 'PETR' }] } }, '{"order":{"symbol":"PETR4"}}', true],
  [{ order: { symbol: [{ prefix: 'PETR' }] } }, '{"order":{"symbol":"VALE3"}}', false],
  [{ order: { symbol: [{ exists: false }] } }, 'not json', false],
  [{ order: ['x'] }, '["x"]', false],
])('by body: %j on %s is %s', (policy, body, expected) => {
  expect(accepts(policy, { body }, 'MessageBody')).toBe(expected);
});

it.each<[string, string, FilterPolicyScope]>([
  ['failed to parse JSON', '{', 'MessageAttributes'],
  ['failed to parse JSON', '["x"]', 'MessageAttributes'],
  ['does not support nested', '{"a":{"b":["c"]}}', 'MessageAttributes'],
  ['more than 5 keys', '{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}', 'MessageAttributes'],
  ['too complex', JSON.stringify({ a: [...Array(13).keys()], b: [...Array(12).keys()] }), 'MessageAttributes'],
  ['too complex', JSON.stringify({ a: { b: [...Array(76).keys()] } }), 'MessageBody'],
  ['unrecognized match type', '{"a":[{"like":"x"}]}', 'MessageAttributes'],
])('refuses what is wrong: %s', (message, policy, scope) => {
  expect(() => messageFilter(policy, scope)).toThrow(message);
});

it('takes exactly 150 combinations', () => {
  const policy = JSON.stringify({ a: [...Array(15).keys()], b: [...Array(10).keys()] });
  expect(() => messageFilter(policy, 'MessageAttributes')).not.toThrow();
});
