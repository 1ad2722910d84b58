import { expect, it } from 'vitest';
import { faultOf } from './answer-check.ts';

it.each([
  ['a server error', { status: 502, headers: {}, body: '{"message":"Internal server error"}' }],
  ['a stack trace', { status: 400, headers: {}, body: '{"detail":"at submit (/var/task/index.js:12:34)"}' }],
  ['a key', { status: 400, headers: {}, body: '{"detail":"local-key-ana-000000000000"}' }],
  ['a header of the sender’s', { status: 400, headers: { 'x-injected': '1' }, body: '{}' }],
  ['no JSON', { status: 400, headers: {}, body: '<html>' }],
])('finds %s', (_what, answer) => {
  expect(faultOf(answer)).not.toBeNull();
});

it('takes a refusal', () => {
  expect(faultOf({ status: 400, headers: {}, body: '{"message":"Invalid request body"}' })).toBeNull();
});
