import { GetSecretValueCommand, RotateSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { BANK_SIGNATURE_HEADER, BANK_TIMESTAMP_HEADER } from '@brokerage/contracts/bank';
import { EXCHANGE_SIGNATURE_HEADER, EXCHANGE_TIMESTAMP_HEADER } from '@brokerage/contracts/exchange';
import type { DepositView } from '@brokerage/contracts/rest/accounts';
import type { ClientSummary, IssuedApiKey } from '@brokerage/contracts/rest/clients';
import { DORA } from '@brokerage/services/clients/testing/registration';
import { bankCredentials, exchangeCredentials, type SimulatorCredentials } from '@brokerage/simulators/credentials';
import { sendByHttp, signedPost } from '@brokerage/simulators/outside/signed-post';
import { eventually } from '../stack/eventually.ts';
import { TickFeed } from '../stack/tick-feed.ts';
import { type ApiClient, aLimitOrder } from './api-client.ts';
import type { SystemStack } from './stack.ts';
import { getTicket, StreamClient } from './stream-client.ts';

/** Whose data a run takes in, in the names of no word of the code. */
export const PERSON = {
  ...DORA,
  name: 'Zuleica Quixadá',
  cpf: '390.533.447-05',
  email: 'zuleica.quixada@correio.example',
  phone: '+5585991234567',
  kyc: { ...DORA.kyc, address: { ...DORA.kyc.address, street: 'Travessa Ipiranguinha' } },
  plan: 'PROFESSIONAL',
};
export const OTHER_PERSON = {
  ...PERSON,
  name: 'Wanderley Itaquera',
  cpf: '168.995.350-09',
  email: 'wanderley@correio.example',
  phone: '+5585997654321',
};
/** Of nobody here: who pays for another, and what strangers write where it does not belong. */
export const STRANGER = { cpf: '86288366757', email: 'estranho@correio.example' };

/** Orders of every kind: filled, amended, cancelled, refused, and one above R$ 100,000.00. `clientOrderId` marks the first. */
export async function trade({ ana, bruno }: SystemStack, clientOrderId: string): Promise<string> {
  const { orderId } = await ana.trade(aLimitOrder('BUY', 100, '30.50', { clientOrderId }));
  const resting = await ana.trade(aLimitOrder('BUY', 200, '29.00'));
  await ana.amend(resting.orderId, { quantity: 100 });
  await ana.cancel(resting.orderId);
  await ana.orderIn(resting.orderId, 'CANCELED');
  await ana.trade(aLimitOrder('BUY', 4_000, '30.50'));
  await bruno.trade(aLimitOrder('BUY', 5_000, '30.50'));
  await bruno.submit(aLimitOrder('SELL', 50, '29.00'));
  await ana.request('POST', '/v1/orders/preview', aLimitOrder('BUY', 100, '30.00'));
  for (const part of ['', '/audit', '/receipt']) {
    const path = `/v1/orders/${orderId}${part}`;
    await eventually(
      path,
      () => ana.request('GET', path),
      ({ status }) => status === 200,
    );
  }
  return orderId;
}

/** Deposits, one of them paid by another person and so sent back, and a withdrawal. */
export async function moveMoney({ bank }: SystemStack, client: ApiClient): Promise<void> {
  const pay = async (status: DepositView['status']) => {
    const { body } = await client.request<DepositView>('POST', '/v1/deposits', { amount: '500.00' });
    const path = `/v1/deposits/${body.txid}`;
    await eventually(
      status,
      () => client.request<DepositView>('GET', path),
      (given) => given.body.status === status,
    );
  };
  await pay('PAID');
  await bank.during({ fault: 'pay-as-other-cpf', cpf: STRANGER.cpf }, () => pay('RETURNED'));
  const headers = { 'Idempotency-Key': 'first' };
  const { body } = await client.request<{ withdrawalId: string }>(
    'POST',
    '/v1/withdrawals',
    { amount: '10.00' },
    { headers },
  );
  const path = `/v1/withdrawals/${body.withdrawalId}`;
  await eventually(
    'it is paid',
    () => client.request<DepositView>('GET', path),
    (given) => given.body.status === 'PAID',
  );
}

/** Registers two clients, looks at them, hands out and changes a key, exports one and tries to erase it. Answers the keys. */
export async function keepClients(stack: SystemStack): Promise<readonly string[]> {
  const { operator, compliance } = stack;
  const administrator = stack.clientWith('local-key-administrator-000');
  const register = (person: object, key: string) =>
    administrator.request<ClientSummary>('POST', '/v1/clients', person, { headers: { 'Idempotency-Key': key } });
  const path = `/v1/clients/${(await register(PERSON, 'first')).body.clientId}`;
  await register(OTHER_PERSON, 'second');
  await register({ ...OTHER_PERSON, cpf: PERSON.cpf }, 'third');
  await register({ ...OTHER_PERSON, email: `${STRANGER.email}@`, cpf: STRANGER.cpf }, 'fourth');
  const issued = await administrator.request<IssuedApiKey>('POST', `${path}/api-keys`);
  const client = stack.clientWith(issued.body.apiKey);
  await moveMoney(stack, client);
  const rotated = await operator.request<IssuedApiKey>('POST', `${path}/api-keys/${issued.body.keyId}/rotations`);
  await stack.clientWith(rotated.body.apiKey).trade(aLimitOrder('BUY', 100, '3.00'));
  for (const reader of [operator, administrator, compliance]) await reader.request('GET', path);
  await compliance.request('GET', `${path}/export`);
  await compliance.request('DELETE', path);
  return [issued.body.apiKey, rotated.body.apiKey];
}

/** The exchange's credentials before and after a rotation, with orders before and after. */
export async function rotate(
  { ana }: SystemStack,
  secrets: SecretsManagerClient,
): Promise<readonly SimulatorCredentials[]> {
  const SecretId = 'exchange-credentials';
  const read = async (VersionStage: string): Promise<SimulatorCredentials> => {
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId, VersionStage }));
    return JSON.parse(SecretString) as SimulatorCredentials;
  };
  const before = await read('AWSCURRENT');
  await secrets.send(new RotateSecretCommand({ SecretId }));
  const after = await eventually(
    'it is rotated',
    () => read('AWSCURRENT'),
    ({ apiKey }) => apiKey !== before.apiKey,
  );
  await ana.trade(aLimitOrder('BUY', 100, '30.50'));
  return [before, after];
}

/** Deliveries that are unsigned, too old, or signed and of no use, with a payer's CPF in each. */
export async function refuseWebhooks({ addresses }: SystemStack): Promise<void> {
  const event = { kind: 'PIX_RECEIVED', seq: 1, payerCpf: STRANGER.cpf, email: STRANGER.email };
  const text = JSON.stringify({ events: [event] });
  const bodies = [
    text,
    text.slice(0, -9),
    `${STRANGER.cpf} ${STRANGER.email}`,
    JSON.stringify({ [STRANGER.cpf]: event }),
    `x${STRANGER.cpf}`,
  ];
  const bank = {
    path: 'webhooks/bank',
    ...bankCredentials({}),
    headers: [BANK_TIMESTAMP_HEADER, BANK_SIGNATURE_HEADER],
  };
  const exchangeHeaders = [EXCHANGE_TIMESTAMP_HEADER, EXCHANGE_SIGNATURE_HEADER];
  const feed = { path: 'exchange/market-data', ...exchangeCredentials({}), headers: exchangeHeaders };
  for (const { path, webhookSecret, headers } of [bank, feed]) {
    const [timestampHeader = '', signatureHeader = ''] = headers;
    const url = `http://127.0.0.1:${addresses.apiPort}/v1/${path}`;
    for (const body of bodies) {
      for (const [secret, ageMs] of [
        [webhookSecret, 0],
        [webhookSecret, 600_000],
        ['a secret that is another', 0],
      ] as const) {
        const status = await sendByHttp(
          signedPost({ url, secret, timestampHeader, signatureHeader }, Date.now() - ageMs, body),
        );
        if (status < 400) throw new Error(`a useless delivery to ${path} is answered ${status}`);
      }
    }
  }
}

/** Requests and frames that carry what belongs elsewhere, wherever there is room for it. */
export async function writeItWhereItDoesNotBelong(stack: SystemStack, apiKey: string): Promise<void> {
  const { ana, operator, compliance, addresses } = stack;
  const { cpf, email } = STRANGER;
  const order = aLimitOrder('BUY', 100, '30.00');
  for (const text of [cpf, email, apiKey]) {
    const word = encodeURIComponent(text);
    const paths = [
      `/v1/orders/${word}`,
      `/v1/account?cpf=${word}`,
      `/v1/deposits/${word}`,
      `/v1/${word}`,
      `/v1/prices/${word}`,
    ];
    const staffPaths = [`/v1/clients/${word}`, `/v1/clients?cpf=${word}`, `/v1/clients?cursor=${word}`];
    for (const path of paths) await ana.request('GET', path);
    for (const path of staffPaths) for (const staff of [operator, compliance]) await staff.request('GET', path);
    for (const body of [{ ...order, cpf: text }, { ...order, symbol: text }, { ...order, [text]: 1 }, [text], text]) {
      await ana.request('POST', '/v1/orders', body);
    }
    await ana.request('POST', '/v1/orders', undefined, { rawBody: `{"cpf":"${text}"` });
    await ana.request('POST', '/v1/deposits', { amount: text });
    await operator.request('POST', '/v1/ops/republish', { orderId: text });
    await ana.request('GET', '/v1/orders/none', undefined, {
      headers: { 'user-agent': text, referer: text, from: text },
    });
    await stack.clientWith(text).request('GET', '/v1/account');
    await StreamClient.open(addresses.apiPort, text);
  }
  await ana.request('GET', '/v1/orders/none', undefined, { headers: { 'x-correlation-id': cpf } });
  await ana.request('GET', '/v1/orders/none', undefined, { headers: { 'x-correlation-id': email } });
}

/** Prices and own orders by the stream, and frames that are refused. Answers the ticket that opened it. */
export async function listen({ ana, addresses }: SystemStack): Promise<string> {
  const { ticket } = await getTicket(ana);
  const stream = await StreamClient.open(addresses.apiPort, ticket);
  if (!stream) throw new Error('the stream did not open');
  await stream.ask({ action: 'subscribe', channel: 'orders' }, 'subscribed');
  await stream.ask({ action: 'subscribe', channel: 'prices', symbols: ['PETR4'] }, 'subscribed');
  for (const text of [STRANGER.cpf, STRANGER.email]) {
    for (const frame of [
      { action: text },
      { action: 'subscribe', channel: 'orders', after: text },
      text,
      { [text]: 1 },
    ]) {
      await stream.ask(frame, 'error');
    }
  }
  await new TickFeed(addresses.apiPort, ['PETR4', 'VALE3']).send(10);
  await ana.trade(aLimitOrder('BUY', 100, '30.50'));
  await stream.next('order', ({ order }) => order.status === 'FILLED');
  await stream.close();
  return ticket;
}
