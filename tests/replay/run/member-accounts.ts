import { randomBytes } from 'node:crypto';
import type { ExchangeInstrument } from '@brokerage/contracts/exchange';
import { openAccount } from '@brokerage/dev/seed/open-account';
import { seedTools } from '@brokerage/dev/seed/seed-tools';
import { accountId } from '@brokerage/domain/identifiers';
import { shares } from '@brokerage/domain/instruments/shares';
import { cents } from '@brokerage/domain/money/cents';
import type { Funding } from '../plan/funding.ts';
import { investorCpf } from './investor-cpf.ts';
import type { ReplayTarget } from './replay-target.ts';

/** What shares brought into custody are said to have cost. */
export interface Listing {
  readonly instrument: ExchangeInstrument;
  readonly openingCents: number;
}

/**
 * Opens an account for each investor and returns their API keys by investor. The accounts are new ones each time, so that a second
 * replay on one stack does not meet the orders of the first.
 */
export async function openMemberAccounts(
  { awsUrl }: ReplayTarget,
  investors: readonly Funding[],
  listings: ReadonlyMap<string, Listing>,
): Promise<ReadonlyMap<string, string>> {
  const options = {
    endpoint: awsUrl,
    region: process.env.AWS_REGION ?? 'sa-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const tools = await seedTools(options, await stackTimeMs(awsUrl));
  const run = randomBytes(4).toString('hex');
  const keys = new Map<string, string>();
  for (const { investor, cashCents, shares: held } of investors) {
    const name = `replay-${run}-${investor}`;
    const apiKey = `${name}-${randomBytes(12).toString('hex')}`;
    const account = {
      accountId: accountId(name),
      name: `Member ${investor}`,
      cpf: investorCpf(keys.size),
      apiKey,
    } as const;
    const money = { cashCents: cents(cashCents), custody: holdings(held, listings) };
    await openAccount(tools, { ...account, ...money, role: 'TRADER', plan: 'PROFESSIONAL' });
    keys.set(investor, apiKey);
  }
  return keys;
}

/** One holding an ISIN: PETR4 and PETR4F are the same shares. */
function holdings(held: ReadonlyMap<string, number>, listings: ReadonlyMap<string, Listing>) {
  const listed = [...held].map(([symbol, quantity]) => ({ ...(listings.get(symbol) as Listing), quantity }));
  const byIsin = Map.groupBy(listed, ({ instrument }) => instrument.isin);
  return [...byIsin].map(([isin, parts]) => {
    const [{ instrument, openingCents }] = parts as [(typeof parts)[number]];
    const quantity = parts.reduce((sum, part) => sum + part.quantity, 0);
    return { isin, symbol: instrument.mainSymbol, quantity: shares(quantity), priceCents: cents(openingCents) };
  });
}

/** The stack's clock may have been stepped; where there is none, the machine's. */
async function stackTimeMs(awsUrl: string): Promise<number> {
  const answer = await fetch(`${awsUrl}/_local/clock`);
  return answer.ok ? Math.floor(((await answer.json()) as { nowMs: number }).nowMs) : Date.now();
}
