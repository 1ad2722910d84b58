import { Construct } from 'constructs';
import { addFunction } from './add-function.ts';
import {
  mayBook,
  mayBookToSuspense,
  mayPostpone,
  mayReadEntries,
  mayReadMarket,
  maySend,
  mayUseBank,
} from './grants.ts';
import { WORKER_LIMIT } from './messaging.ts';
import { OF_WITHDRAWALS } from './partitions.ts';
import { runEveryMinute } from './schedule.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shared } from './shared.ts';

const CASH = ['ACCOUNTS_TABLE', 'LEDGER_TABLE', 'TRANSFERS_TABLE'] as const;
const BANK = ['BANK_URL', 'BANK_SECRET'] as const;

/** Clients' money and holdings: what they see, deposits and withdrawals by PIX. */
export class Accounts extends Construct {
  readonly operations: Readonly<Record<string, ServiceFunction>>;

  constructor(scope: Construct, shared: Shared) {
    super(scope, 'Accounts');
    this.#applyBankEvents(shared);
    this.#payWithdrawals(shared);
    this.#resumeTransfers(shared);
    const receiver = addFunction(this, shared, 'accounts/receive-bank-events', [
      'BANK_SECRET',
      'BANK_EVENTS_QUEUE_URL',
      'CPF_INDEX_KEY',
    ]);
    this.operations = {
      ...this.#views(shared),
      ...this.#requests(shared),
      'receive-bank-events': mayUseBank(
        shared,
        shared.encryption.mayIndexCpf(maySend(receiver, shared.messaging.bankEvents)),
      ),
    };
  }

  #views(shared: Shared): Record<string, ServiceFunction> {
    const { accounts, transfers } = shared.data;
    const positions = addFunction(this, shared, 'accounts/list-positions', [
      'ACCOUNTS_TABLE',
      'STOCK_PRICES_TABLE',
      'EXCHANGE_URL',
      'EXCHANGE_SECRET',
    ]);
    return {
      'get-account': mayReadEntries(
        shared,
        addFunction(this, shared, 'accounts/get-account', ['ACCOUNTS_TABLE', 'LEDGER_TABLE']).allow(
          ['dynamodb:GetItem'],
          accounts.tableArn,
        ),
      ),
      'get-fees': addFunction(this, shared, 'accounts/get-fees', ['ACCOUNTS_TABLE']).allow(
        ['dynamodb:GetItem'],
        accounts.tableArn,
      ),
      'get-statement': mayReadEntries(shared, addFunction(this, shared, 'accounts/get-statement', ['LEDGER_TABLE'])),
      'list-positions': mayReadMarket(shared, positions.allow(['dynamodb:Query'], accounts.tableArn)),
      'get-deposit': addFunction(this, shared, 'accounts/get-deposit', ['TRANSFERS_TABLE']).allow(
        ['dynamodb:GetItem'],
        transfers.tableArn,
      ),
      'get-withdrawal': addFunction(this, shared, 'accounts/get-withdrawal', ['TRANSFERS_TABLE']).allow(
        ['dynamodb:GetItem'],
        transfers.tableArn,
      ),
    };
  }

  #requests(shared: Shared): Record<string, ServiceFunction> {
    const deposit = addFunction(this, shared, 'accounts/request-deposit', [...CASH, ...BANK, 'PERSONAL_DATA_KEY']);
    const withdrawal = addFunction(this, shared, 'accounts/request-withdrawal', [
      ...CASH,
      'PAYOUTS_QUEUE_URL',
      'TRADING_CALENDAR',
    ]);
    const { accounts, transfers } = shared.data;
    deposit
      .allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], transfers.tableArn)
      .allow(['dynamodb:GetItem'], accounts.tableArn);
    withdrawal
      .allowIf(OF_WITHDRAWALS, ['dynamodb:GetItem', 'dynamodb:PutItem'], transfers.tableArn)
      .allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], accounts.tableArn);
    return {
      'request-deposit': mayUseBank(shared, shared.encryption.mayReadPersonalData(deposit)),
      'request-withdrawal': maySend(mayBook(shared, withdrawal), shared.messaging.payouts),
    };
  }

  /** A movement is one transaction: the transfer, its entry, the balance. Money that nobody is known to have sent goes by suspense. */
  #mayMoveCash(shared: Shared, lambda: ServiceFunction): ServiceFunction {
    lambda
      .allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], shared.data.transfers.tableArn)
      .allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], shared.data.accounts.tableArn);
    return mayBookToSuspense(shared, mayBook(shared, lambda));
  }

  #applyBankEvents(shared: Shared): void {
    const { bankEvents } = shared.messaging;
    const worker = addFunction(
      this,
      shared,
      'accounts/apply-bank-events',
      [...CASH, ...BANK, 'BANK_EVENTS_QUEUE_URL', 'TRADING_CALENDAR'],
      { timeout: WORKER_LIMIT },
    );
    mayUseBank(shared, this.#mayMoveCash(shared, worker));
    bankEvents.feed(mayPostpone(worker, bankEvents), { maxConcurrency: 2 });
  }

  #payWithdrawals(shared: Shared): void {
    const { payouts } = shared.messaging;
    const worker = addFunction(
      this,
      shared,
      'accounts/pay-withdrawals',
      [...CASH, ...BANK, 'PERSONAL_DATA_KEY', 'PAYOUTS_QUEUE_URL', 'TRADING_CALENDAR'],
      { timeout: WORKER_LIMIT },
    );
    mayUseBank(shared, shared.encryption.mayReadPersonalData(this.#mayMoveCash(shared, worker)));
    payouts.feed(mayPostpone(worker, payouts), { maxConcurrency: 2 });
  }

  #resumeTransfers(shared: Shared): void {
    const { data, messaging } = shared;
    const net = addFunction(this, shared, 'accounts/resume-transfers', [...CASH, 'PAYOUTS_QUEUE_URL'], {
      timeout: WORKER_LIMIT,
    });
    net.allow(['dynamodb:Query'], `${data.transfers.tableArn}/index/byPending`);
    runEveryMinute(this, maySend(net, messaging.payouts));
  }
}
