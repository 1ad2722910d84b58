import { Readable } from 'node:stream';
import type { HttpResponse, SerdeFunctions } from '@smithy/types';
import { expect, it } from 'vitest';
import { answerText } from './answer-text.ts';

const bytes = new TextEncoder().encode('José 💰');
const serde = {
  streamCollector: async (body: Readable) => Buffer.concat(await body.toArray()),
} as unknown as SerdeFunctions;

it.each([
  ['text', 'José 💰'],
  ['bytes', bytes],
  ['a stream whose pieces part a letter', Readable.from([bytes.slice(0, 4), bytes.slice(4)])],
])('a body of %s is read as text', async (_, body) => {
  expect(await answerText({ statusCode: 200, headers: {}, body } as HttpResponse, serde)).toBe('José 💰');
});
