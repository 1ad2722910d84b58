import { expect, it } from 'vitest';
import { Kernel } from '../../kernel/kernel.ts';
import { newEvent } from './event.ts';
import { parseTargetInput } from './target-input.ts';

const detail = { id: 'ORD-1', note: 'said "no"\\', quantity: 100, fills: [{ price: '30.01' }] };
const content = { source: 'brokerage', 'detail-type': 'OrderFilled', resources: ['arn:one', 'arn:two'], detail };
const event = newEvent(new Kernel(), content, Date.UTC(2026, 2, 2, 12));
const rule = { arn: 'arn:aws:events:sa-east-1:000000000000:rule/Any', name: 'Any' };

const paths = {
  id: '$.detail.id',
  note: '$.detail.note',
  quantity: '$.detail.quantity',
  price: '$.detail.fills[0].price',
  type: '$.detail-type',
  detail: '$.detail',
  none: '$.detail.none',
};

it.each<[string, Parameters<typeof parseTargetInput>[0], string]>([
  ['a constant', { Input: '{"a":1}' }, '{"a":1}'],
  ['a path', { InputPath: '$.resources[1]' }, '"arn:two"'],
  ['a path that is not there', { InputPath: '$.detail.none' }, '{}'],
  ['the event', { InputPath: '$' }, JSON.stringify(event)],
])('gives %s', (_, properties, expected) => {
  expect(parseTargetInput(properties)(event, rule)).toBe(expected);
});

it.each([
  ['"Order <id> of <quantity>: <note>"', '"Order ORD-1 of 100: said \\"no\\"\\\\"'],
  ['{"id": <id>, "q": <quantity>, "p": "<price>"}', '{"id": "ORD-1", "q": 100, "p": "30.01"}'],
  [
    '{"type": <type>, "detail": <detail>, "none": <none>, "text": "<none>"}',
    `{"type": "OrderFilled", "detail": ${JSON.stringify(detail)}, "none": null, "text": ""}`,
  ],
  ['{"rule": <aws.events.rule-name>, "arn": "<aws.events.rule-arn>"}', `{"rule": "Any", "arn": "${rule.arn}"}`],
  ['<aws.events.event.json>', JSON.stringify(event)],
])('fills the template %s', (InputTemplate, expected) => {
  const input = parseTargetInput({ InputTransformer: { InputPathsMap: paths, InputTemplate } });
  expect(input(event, rule)).toBe(expected);
});

it.each([
  ['Only one of', { Input: '{}', InputPath: '$' }],
  ['Input must be JSON', { Input: 'x' }],
  ['Invalid path', { InputPath: 'detail' }],
  ['Invalid path', { InputPath: '$.detail[*]' }],
  ['InputTemplate is required', { InputTransformer: {} }],
  ['<id> is not in InputPathsMap', { InputTransformer: { InputTemplate: '"<id>"' } }],
])('refuses: %s', (message, properties) => {
  expect(() => parseTargetInput(properties)).toThrow(message);
});
