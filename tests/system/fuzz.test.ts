import type { Role } from '@brokerage/contracts/routes/route';
import { ALL_ROUTES } from '@brokerage/contracts/routes/routes';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBooks } from '../auditor/read-books.ts';
import { auditorSettings } from '../auditor/settings.ts';
import { malformedRequests, nameOf } from '../fuzz/malformed-requests.ts';
import { readOperations } from '../fuzz/openapi-document.ts';
import { type KeyOf, sendRequests } from '../fuzz/send-requests.ts';
import { MONEYLESS, openBenchAccounts } from '../load/bench-accounts.ts';
import { aLimitOrder } from './api-client.ts';
import { useStack } from './stack.ts';

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_124);
/** A professional plan lets each send 10,000 at once. */
const ACCOUNTS = 4;
const STAFF_KEYS = {
  OPERATOR: 'local-key-operator-0000000',
  COMPLIANCE: 'local-key-compliance-00000',
  ADMINISTRATOR: 'local-key-administrator-000',
};
/** Of so many requests to an operation one goes with any key, be it of its roles or not. */
const STRANGERS = 8;
const LIMIT_MS = 180_000;

const stack = await useStack();
const { apiPort, awsPort, exchangePort } = stack.addresses;

async function ledgerEntries(): Promise<number> {
  const settings = auditorSettings({ AWS_PORT: String(awsPort), EXCHANGE_PORT: String(exchangePort) });
  return (await readBooks(settings)).entries.length;
}

/** Mostly a key that may call the operation, so that it is the body which is read and refused. */
function keysByRole(traders: readonly string[]): KeyOf {
  const keys = (role: Role) => (role === 'TRADER' ? traders : [STAFF_KEYS[role]]);
  const all = [...traders, ...Object.values(STAFF_KEYS)];
  const allowed = new Map(
    ALL_ROUTES.map((route) => [nameOf(route), route.access.kind === 'KEY' ? route.access.roles.flatMap(keys) : all]),
  );
  return ({ operation }, index) => {
    const known = (index % STRANGERS === 0 ? undefined : allowed.get(operation)) ?? all;
    return known[index % known.length] as string;
  };
}

it(
  `answers ${REQUESTS} malformed requests of seed ${SEED} with no 5xx, no hang, no leak and no entry in the ledger`,
  async () => {
    const keyOf = keysByRole(await openBenchAccounts(awsPort, ACCOUNTS, MONEYLESS));
    // A charge may come out well-formed; nobody shall pay it.
    await stack.bank.fault({ fault: 'hold-payments' });
    const before = await ledgerEntries();
    const operations = await readOperations(apiPort);
    const requests = fc.sample(malformedRequests(operations), { seed: SEED, numRuns: REQUESTS });

    const { statuses, findings, reached } = await sendRequests(apiPort, keyOf, requests);

    expect(findings.slice(0, 5)).toEqual([]);
    expect(statuses.get(429) ?? 0).toBe(0);
    // It went past the gateway's own validation, into every handler, and there past the roles.
    expect([...reached].sort()).toEqual(operations.map(nameOf).sort());
    for (const status of [400, 403, 404, 415, 422]) expect(statuses.get(status) ?? 0).toBeGreaterThan(0);
    expect(await ledgerEntries()).toBe(before);
    expect((await stack.ana.trade(aLimitOrder('BUY', 100, '30.25'))).status).toBe('FILLED');
    await stack.audit();
  },
  LIMIT_MS,
);
