import type { Role } from '@brokerage/contracts/routes/route';
import { accountId } from '@brokerage/domain/identifiers';
import { shares } from '@brokerage/domain/instruments/shares';
import { cents } from '@brokerage/domain/money/cents';
import type { NewAccount } from './open-account.ts';

const PETR4 = { isin: 'BRPETRACNPR6', symbol: 'PETR4' };
const VALE3 = { isin: 'BRVALEACNOR0', symbol: 'VALE3' };

/** The clients and staff of the local stack, with the fixed keys of the README. They exist nowhere else. */
export const DEMO_CLIENTS: readonly NewAccount[] = [
  {
    accountId: accountId('ana'),
    name: 'Ana',
    cpf: '52998224725',
    apiKey: 'local-key-ana-000000000000',
    role: 'TRADER',
    plan: 'PROFESSIONAL',
    cashCents: cents(100_000_000),
    custody: [],
  },
  {
    accountId: accountId('bruno'),
    name: 'Bruno',
    cpf: '26821152098',
    apiKey: 'local-key-bruno-0000000000',
    role: 'TRADER',
    plan: 'PROFESSIONAL',
    cashCents: cents(5_000_000),
    custody: [
      { ...PETR4, quantity: shares(1_000), priceCents: cents(3_000) },
      { ...VALE3, quantity: shares(500), priceCents: cents(6_050) },
    ],
  },
  {
    accountId: accountId('carla'),
    name: 'Carla',
    cpf: '11144477735',
    apiKey: 'local-key-carla-0000000000',
    role: 'TRADER',
    plan: 'STANDARD',
    cashCents: cents(0),
    custody: [],
  },
  staff('operator', 'Operator', 'local-key-operator-0000000', 'OPERATOR'),
  staff('compliance', 'Compliance officer', 'local-key-compliance-00000', 'COMPLIANCE'),
  staff('administrator', 'Administrator', 'local-key-administrator-000', 'ADMINISTRATOR'),
];

function staff(id: string, name: string, apiKey: string, role: Exclude<Role, 'TRADER'>): NewAccount {
  return {
    accountId: accountId(id),
    name,
    cpf: null,
    apiKey,
    role,
    plan: 'PROFESSIONAL',
    cashCents: cents(0),
    custody: [],
  };
}
