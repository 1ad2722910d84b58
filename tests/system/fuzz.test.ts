import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBooks } from '../auditor/read-books.ts';
import { auditorSettings } from '../auditor/settings.ts';
import { malformedRequests } from '../fuzz/malformed-requests.ts';
import { readOperations } from '../fuzz/openapi-document.ts';
import { sendRequests } from '../fuzz/send-requests.ts';
import { MONEYLESS, openBenchAccounts } from '../load/bench-accounts.ts';
import { aLimitOrder } from './api-client.ts';
import { useStack } from './stack.ts';

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_124);
/** A professional plan lets each send 10,000 at once. */
const ACCOUNTS = 4;
const STAFF_KEYS = ['local-key-operator-0000000', 'local-key-compliance-00000'];
const LIMIT_MS = 180_000;

const stack = await useStack();
const { apiPort, awsPort, exchangePort } = stack.addresses;

async function ledgerEntries(): Promise<number> {
  const settings = auditorSettings({ AWS_PORT: String(awsPort), EXCHANGE_PORT: String(exchangePort) });
  return (await readBooks(settings)).entries.length;
}

it(
  `answers ${REQUESTS} malformed requests of seed ${SEED} with no 5xx, no hang, no leak and no entry in the ledger`,
  async () => {
    const keys = [...(await openBenchAccounts(awsPort, ACCOUNTS, MONEYLESS)), ...STAFF_KEYS];
    // A charge may come out well-formed; nobody shall pay it.
    await stack.bank.fault({ fault: 'hold-payments' });
    const before = await ledgerEntries();
    const requests = fc.sample(malformedRequests(await readOperations(apiPort)), { seed: SEED, numRuns: REQUESTS });

    const { statuses, findings } = await sendRequests(apiPort, keys, requests);

    expect(findings.slice(0, 5)).toEqual([]);
    expect(statuses.get(429) ?? 0).toBe(0);
    // It went past the gateway's own validation, into the handlers.
    for (const status of [400, 403, 404, 415, 422]) expect(statuses.get(status) ?? 0).toBeGreaterThan(0);
    expect(await ledgerEntries()).toBe(before);
    expect((await stack.ana.trade(aLimitOrder('BUY', 100, '30.25'))).status).toBe('FILLED');
    await stack.audit();
  },
  LIMIT_MS,
);
