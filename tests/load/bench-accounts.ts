import { type NewAccount, openAccount } from '@brokerage/dev/seed/open-account';
import { seedTools } from '@brokerage/dev/seed/seed-tools';
import { accountId } from '@brokerage/domain/identifiers';
import { shares } from '@brokerage/domain/instruments/shares';
import { cents } from '@brokerage/domain/money/cents';

type Means = Pick<NewAccount, 'cashCents' | 'custody'>;

/** Can buy and sell as much as a run asks. */
const WEALTHY: Means = {
  cashCents: cents(10_000_000_00),
  custody: [
    { isin: 'BRPETRACNPR6', symbol: 'PETR4', quantity: shares(100_000), priceCents: cents(3_000) },
    { isin: 'BRVALEACNOR0', symbol: 'VALE3', quantity: shares(100_000), priceCents: cents(6_050) },
  ],
};
/** Whatever it sends moves nothing. */
export const MONEYLESS: Means = { cashCents: cents(0), custody: [] };

/** Opens accounts on the professional plan; returns their API keys. */
export async function openBenchAccounts(awsPort: number, count: number, means = WEALTHY): Promise<string[]> {
  const options = {
    endpoint: `http://127.0.0.1:${awsPort}`,
    region: 'sa-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const tools = await seedTools(options, Date.now());
  const accounts = Array.from({ length: count }, (_, index) => benchAccount(index, means));
  for (const account of accounts) await openAccount(tools, account);
  return accounts.map((account) => account.apiKey);
}

function benchAccount(index: number, means: Means): NewAccount {
  const name = `bench-${String(index).padStart(4, '0')}`;
  return {
    accountId: accountId(name),
    name,
    cpf: validCpf(100_000_000 + index),
    apiKey: `local-key-${name}-0000000000`,
    role: 'TRADER',
    plan: 'PROFESSIONAL',
    ...means,
  };
}

/** Nine digits and the two that check them. */
function validCpf(base: number): string {
  let digits = String(base);
  for (const firstWeight of [10, 11]) {
    const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (firstWeight - index), 0);
    const rest = sum % 11;
    digits += rest < 2 ? 0 : 11 - rest;
  }
  return digits;
}
