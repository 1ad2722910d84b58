import { Construct } from 'constructs';
import { mayPostpone, mayReadMarket, maySend, mayUseBank } from './grants.ts';
import { WORKER_LIMIT } from './messaging.ts';
import { runEveryMinute } from './schedule.ts';
import { ServiceFunction } from './service-function.ts';
import { pick, type Shared, type Variables } from './shared.ts';

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
    const receiver = this.#function(shared, 'receive-bank-events', [
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

  #function(shared: Shared, name: string, variables: readonly (keyof Variables)[]): ServiceFunction {
    return new ServiceFunction(this, { entry: `accounts/${name}`, environment: pick(shared.variables, variables) });
  }

  #worker(shared: Shared, name: string, variables: readonly (keyof Variables)[]): ServiceFunction {
    return new ServiceFunction(this, {
      entry: `accounts/${name}`,
      environment: pick(shared.variables, variables),
      timeout: WORKER_LIMIT,
    });
  }

  #views(shared: Shared): Record<string, ServiceFunction> {
    const { accounts, ledger, transfers } = shared.data;
    const positions = this.#function(shared, 'list-positions', [
      'ACCOUNTS_TABLE',
      'STOCK_PRICES_TABLE',
      'EXCHANGE_URL',
      'EXCHANGE_SECRET',
    ]);
    return {
      'get-account': this.#function(shared, 'get-account', ['ACCOUNTS_TABLE', 'LEDGER_TABLE'])
        .allow(['dynamodb:GetItem'], accounts.tableArn)
        .allow(['dynamodb:Query'], ledger.tableArn),
      'get-fees': this.#function(shared, 'get-fees', ['ACCOUNTS_TABLE']).allow(['dynamodb:GetItem'], accounts.tableArn),
      'get-statement': this.#function(shared, 'get-statement', ['LEDGER_TABLE']).allow(
        ['dynamodb:Query'],
        ledger.tableArn,
      ),
      'list-positions': mayReadMarket(shared, positions.allow(['dynamodb:Query'], accounts.tableArn)),
      'get-deposit': this.#function(shared, 'get-deposit', ['TRANSFERS_TABLE']).allow(
        ['dynamodb:GetItem'],
        transfers.tableArn,
      ),
      'get-withdrawal': this.#function(shared, 'get-withdrawal', ['TRANSFERS_TABLE']).allow(
        ['dynamodb:GetItem'],
        transfers.tableArn,
      ),
    };
  }

  #requests(shared: Shared): Record<string, ServiceFunction> {
    const deposit = this.#function(shared, 'request-deposit', [...CASH, ...BANK, 'PERSONAL_DATA_KEY']);
    const withdrawal = this.#function(shared, 'request-withdrawal', [...CASH, 'PAYOUTS_QUEUE_URL', 'TRADING_CALENDAR']);
    return {
      'request-deposit': mayUseBank(shared, shared.encryption.mayReadPersonalData(this.#mayMoveCash(shared, deposit))),
      'request-withdrawal': maySend(this.#mayMoveCash(shared, withdrawal), shared.messaging.payouts),
    };
  }

  /** A movement is one transaction: the transfer, its entry, the balance. */
  #mayMoveCash({ data }: Shared, lambda: ServiceFunction): ServiceFunction {
    return lambda
      .allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], data.transfers.tableArn)
      .allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], data.accounts.tableArn)
      .allow(['dynamodb:PutItem'], data.ledger.tableArn);
  }

  #applyBankEvents(shared: Shared): void {
    const { bankEvents } = shared.messaging;
    const worker = this.#worker(shared, 'apply-bank-events', [
      ...CASH,
      ...BANK,
      'BANK_EVENTS_QUEUE_URL',
      'TRADING_CALENDAR',
    ]);
    mayUseBank(shared, this.#mayMoveCash(shared, worker));
    bankEvents.feed(mayPostpone(worker, bankEvents), { maxConcurrency: 2 });
  }

  #payWithdrawals(shared: Shared): void {
    const { payouts } = shared.messaging;
    const worker = this.#worker(shared, 'pay-withdrawals', [
      ...CASH,
      ...BANK,
      'PERSONAL_DATA_KEY',
      'PAYOUTS_QUEUE_URL',
      'TRADING_CALENDAR',
    ]);
    mayUseBank(shared, shared.encryption.mayReadPersonalData(this.#mayMoveCash(shared, worker)));
    payouts.feed(mayPostpone(worker, payouts), { maxConcurrency: 2 });
  }

  #resumeTransfers(shared: Shared): void {
    const { data, messaging } = shared;
    const net = this.#worker(shared, 'resume-transfers', [...CASH, 'PAYOUTS_QUEUE_URL']);
    net.allow(['dynamodb:Query'], `${data.transfers.tableArn}/index/byPending`);
    runEveryMinute(this, maySend(net, messaging.payouts));
  }
}
