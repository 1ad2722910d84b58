import type { Role } from '@brokerage/contracts/routes/route';
import { epochMs } from '@brokerage/domain/calendar/instant';
import { tradeDateAt } from '@brokerage/domain/calendar/trading-calendar';
import { maskName } from '@brokerage/domain/clients/masking';
import type { AccountId } from '@brokerage/domain/identifiers';
import type { Shares } from '@brokerage/domain/instruments/shares';
import { depositEntry } from '@brokerage/domain/ledger/cash-entries';
import { custodyInEntry } from '@brokerage/domain/ledger/house-entries';
import { type Cents, cents } from '@brokerage/domain/money/cents';
import { bringIntoCustody, emptyPosition } from '@brokerage/domain/positions/position';
import { DEFAULT_CLIENT_LIMITS } from '@brokerage/domain/risk/client-limits';
import { balanceAction, entryAction } from '@brokerage/services/accounts/entry-actions';
import type { CpfIndex, PersonalDataVault } from '@brokerage/services/accounts/personal-data';
import type { IssuedKeyRecord } from '@brokerage/services/clients/api-key-record';
import type { PlanKeys } from '@brokerage/services/clients/plan-keys-gateway';
import {
  CLIENT_DIRECTORY,
  directoryKeys,
  type RegisteredClient,
  STAFF_DIRECTORY,
} from '@brokerage/services/clients/registered-client';
import { CLIENT_ITEM, POSITION_PREFIX } from '@brokerage/services/platform/account-item';
import { sha256Hex } from '@brokerage/services/platform/identity';
import type { Tables } from '@brokerage/services/platform/tables';
import type { TransactAction } from '@brokerage/services/platform/transaction';

export interface NewAccount {
  readonly accountId: AccountId;
  readonly name: string;
  /** Null for staff, who hold no money. */
  readonly cpf: string | null;
  readonly apiKey: string;
  readonly role: Role;
  readonly plan: 'STANDARD' | 'PROFESSIONAL';
  readonly cashCents: Cents;
  readonly custody: readonly Holding[];
}

export interface Holding {
  readonly isin: string;
  readonly symbol: string;
  readonly quantity: Shares;
  /** What a share was bought for. */
  readonly priceCents: Cents;
}

export interface SeedTools {
  readonly tables: Tables;
  readonly nowMs: number;
  readonly personalData: Pick<PersonalDataVault, 'seal'>;
  readonly cpfIndex: CpfIndex;
  readonly planKeys: Pick<PlanKeys, 'create'>;
}

const TABLES = { accounts: 'Accounts', ledger: 'Ledger' } as const;
const BALANCE_INDEX_CONDITION = { expression: 'attribute_not_exists(accountId)' };

/** Opens an account with its first money and shares, in one transaction with their ledger entries. False when it exists. */
export async function openAccount(tools: SeedTools, account: NewAccount): Promise<boolean> {
  const client = await clientActions(tools, account);
  const outcome = await tools.tables.transact([...client, ...bookActions(tools.nowMs, account)]);
  if (outcome.kind !== 'WRITTEN') return false;
  const usageIdentifierKey = `usage-plan-key-of-${account.accountId}`;
  const planKeyId = await tools.planKeys.create(usageIdentifierKey, account.plan);
  const { accountId, role, apiKey } = account;
  const key: IssuedKeyRecord = {
    keyHash: sha256Hex(apiKey),
    keyId: `KEY-${accountId}`,
    prefix: null,
    createdAtMs: tools.nowMs,
    accountId,
    role,
    usageIdentifierKey,
    planKeyId,
  };
  await tools.tables.put('ApiKeys', key);
  return true;
}

/** Staff have a directory of their own. Of several accounts of one CPF, which only a seed opens, the last holds it. */
async function clientActions(
  { personalData, cpfIndex, nowMs }: SeedTools,
  { accountId, name, cpf, role, plan }: NewAccount,
): Promise<TransactAction[]> {
  const index = cpf === null ? null : await cpfIndex.of(cpf);
  const client: Omit<RegisteredClient, 'directory' | 'openedKey'> = {
    accountId,
    personalData: await personalData.seal(accountId, { name, cpf }),
    cpfIndex: index,
    suitability: 'AGGRESSIVE',
    openedAtMs: nowMs,
    role,
    plan,
    state: 'ACTIVE',
    limits: DEFAULT_CLIENT_LIMITS,
    feeBand: 'UP_TO_3M',
  };
  const listed =
    role === 'TRADER'
      ? directoryKeys(CLIENT_DIRECTORY, accountId, nowMs)
      : { ...directoryKeys(STAFF_DIRECTORY, accountId, nowMs), maskedName: maskName(name) };
  const item = { ...client, ...listed, item: CLIENT_ITEM };
  const holder: TransactAction[] =
    index === null ? [] : [{ kind: 'PUT', table: 'CpfHolders', item: { cpfIndex: index, accountId } }];
  return [{ kind: 'PUT', table: TABLES.accounts, item, condition: BALANCE_INDEX_CONDITION }, ...holder];
}

function bookActions(nowMs: number, { accountId, cashCents, custody }: NewAccount): TransactAction[] {
  const atMs = epochMs(nowMs);
  const tradeDate = tradeDateAt(atMs, 'ROUND_THE_CLOCK');
  const actions: TransactAction[] = [];
  if (cashCents > 0) {
    const entry = depositEntry({ key: `OPENING-${accountId}`, accountId, amountCents: cashCents, atMs, tradeDate });
    const balance = balanceAction(TABLES, entry);
    actions.push(entryAction(TABLES, entry), ...(balance ? [balance] : []));
  }
  for (const { isin, symbol, quantity, priceCents } of custody) {
    const key = `OPENING-${accountId}-${isin}`;
    const entry = custodyInEntry({ key, accountId, isin, quantity, tradeDate, atMs });
    const position = bringIntoCustody(emptyPosition(accountId, isin, symbol), quantity, cents(quantity * priceCents));
    const item = { ...position, item: `${POSITION_PREFIX}${isin}`, version: 1 };
    actions.push(entryAction(TABLES, entry), { kind: 'PUT', table: TABLES.accounts, item });
  }
  return actions;
}
