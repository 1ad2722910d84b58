import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { DEMO_CLIENTS } from '@brokerage/dev/seed/demo-clients';
import { bankCredentials, exchangeCredentials } from '@brokerage/simulators/credentials';
import { afterAll, expect, it } from 'vitest';
import { eventually } from '../stack/eventually.ts';
import {
  keepClients,
  listen,
  moveMoney,
  OTHER_PERSON,
  PERSON,
  refuseWebhooks,
  rotate,
  STRANGER,
  trade,
  writeItWhereItDoesNotBelong,
} from './full-run.ts';
import { keptPlaces } from './kept-places.ts';
import { findings, formsOf, type Needle } from './needle-search.ts';
import { depthOf, queueUrl } from './queues.ts';
import { useStack } from './stack.ts';

const stack = await useStack();
const { ana, sqs, addresses } = stack;
const secrets = new SecretsManagerClient({
  endpoint: `http://127.0.0.1:${addresses.awsPort}`,
  region: 'sa-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
afterAll(() => secrets.destroy());

/** No secret: it is to be found wherever orders are kept. */
const CONTROL = 'control-of-the-search';
const LAST_REQUEST = 'last-request-of-the-run';
/** Letters; what is left of a shorter text in base 64 is found by chance. */
const SEARCHED_IN_BASE64_FROM = 9;

const issuedKeys = await keepClients(stack);
const orderId = await trade(stack, CONTROL);
await moveMoney(stack, stack.bruno);
const ticket = await listen(stack);
const credentials = await rotate(stack, secrets);
await refuseWebhooks(stack);
await writeItWhereItDoesNotBelong(stack, issuedKeys[0] ?? '');
await layAside();
await stack.advance('PT2M');
await ana.request('GET', '/v1/orders/none', undefined, { headers: { 'x-correlation-id': LAST_REQUEST } });
await eventually(
  'the log is written',
  async () => readFileSync(join(addresses.dataDir, 'functions.log'), 'utf8'),
  (text) => text.includes(LAST_REQUEST),
);
const places = await keptPlaces(stack);

/** A message that no worker can take, so that a dead-letter queue is searched that holds something. */
async function layAside(): Promise<void> {
  const unknown = { orderId: `ORD-${CONTROL}`, accountId: 'ana', isin: 'X', correlationId: CONTROL };
  const MessageBody = JSON.stringify(unknown);
  await sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl(sqs, 'Orders'), MessageBody }));
  const depth = () => depthOf(sqs, 'RejectedOrders');
  await stack.stepUntil('PT10S', 'it is laid aside', depth, (messages) => messages === 1);
}

const cpfForms = (cpf: string): string[] => {
  const [, ...parts] = /^(\d{3})\.?(\d{3})\.?(\d{3})-?(\d{2})$/.exec(cpf) ?? [];
  return [parts.join(''), `${parts.slice(0, 3).join('.')}-${parts[3]}`];
};
const named = (what: string, ...texts: readonly string[]): Needle[] => texts.map((text) => ({ what, text }));
const person = ({ name, cpf, email, phone, kyc }: typeof PERSON): Needle[] => [
  ...named(`name of ${name[0]}`, name, ...name.split(' ')),
  ...named(`CPF of ${name[0]}`, ...cpfForms(cpf)),
  ...named(`address of ${name[0]}`, email, phone, phone.slice(1), kyc.address.street),
];

/** "Ana" is too short to be told from chance, and staff are called by their roles. */
const NEEDLES: readonly Needle[] = [
  ...DEMO_CLIENTS.flatMap(({ accountId, cpf, name, apiKey }) => [
    ...named(`API key of ${accountId}`, apiKey),
    ...(cpf === null ? [] : named(`CPF of ${accountId}`, ...cpfForms(cpf))),
    ...(cpf === null || name.length < 5 ? [] : named(`name of ${accountId}`, name)),
  ]),
  ...person(PERSON),
  ...person(OTHER_PERSON),
  ...named('CPF of a stranger', ...cpfForms(STRANGER.cpf)),
  ...named('e-mail of a stranger', STRANGER.email),
  ...named('issued API key', ...issuedKeys),
  ...named('ticket', ticket),
  ...[...credentials, exchangeCredentials({}), bankCredentials({})].flatMap(({ apiKey, webhookSecret }) => [
    ...named('API key of a foreign system', apiKey),
    ...named('webhook secret', webhookSecret),
  ]),
];

it('finds no CPF, name, address, secret or API key in clear, in whatever form, wherever the brokerage keeps something', () => {
  expect(NEEDLES.every(({ text }) => text.length >= 5)).toBe(true);
  expect(NEEDLES.length).toBeGreaterThan(40);
  expect(new Set(credentials.map(({ apiKey }) => apiKey)).size).toBe(2);
  expect(findings(places, NEEDLES)).toEqual([]);
});

it('finds what is no secret in all of these places', () => {
  const control = { what: 'control', text: CONTROL };
  const found = findings(places, [control, { what: 'order', text: orderId }, { what: 'request', text: LAST_REQUEST }]);
  expect(found.map((text) => text.replace('-wal', ''))).toEqual(
    expect.arrayContaining([
      'control (plain) in file aws.db',
      'control (plain) in rows of the state',
      'control (plain) in table Orders',
      'control (plain) in table Audit',
      'control (plain) in bucket receipts',
      'control (plain) in bucket audit-archive',
      'control (plain) in queue RejectedOrders',
      'order (plain) in table Outbox',
      'order (plain) in file functions.log',
      'request (plain) in file functions.log',
    ]),
  );
  expect(places.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['file aws.db', 'file stack.log', 'the meter']),
  );
});

it('would have found each of them, in any form', () => {
  for (const needle of NEEDLES) {
    for (const [form, written] of formsOf(needle.text)) {
      const places = [{ name: 'here', bytes: Buffer.from(`é1${written}1é`) }];
      expect(findings(places, [needle])).toContain(`${needle.what} (${form}) in here`);
    }
  }
});

it.each(['', 'a', 'ab', 'abc'])('would have found them in base 64 after %j', (before) => {
  for (const needle of NEEDLES.filter(({ text }) => text.length >= SEARCHED_IN_BASE64_FROM)) {
    const bytes = Buffer.from(Buffer.from(`${before}${needle.text}after`).toString('base64'));
    expect([needle.what, findings([{ name: 'here', bytes }], [needle])]).not.toEqual([needle.what, []]);
  }
});
