import type { Tables } from '../platform/tables.ts';
import { type Deposit, type Payment, paymentId, toPayment, type Withdrawal } from './transfer.ts';

/** Reads transfers by id. One table holds three kinds, so an id of another kind finds nothing. */
export interface TransferReader {
  deposit(txid: string): Promise<Deposit | null>;
  withdrawal(withdrawalId: string): Promise<Withdrawal | null>;
  payment(endToEndId: string): Promise<Payment | null>;
}

type Transfer = Deposit | Withdrawal | Payment;

export function createTransferReader(tables: Tables, table: string): TransferReader {
  const find = (transferId: string) => tables.get<Transfer>(table, { transferId });
  return {
    async deposit(txid) {
      const found = await find(txid);
      return found?.kind === 'DEPOSIT' ? found : null;
    },
    async withdrawal(withdrawalId) {
      const found = await find(withdrawalId);
      return found?.kind === 'WITHDRAWAL' ? found : null;
    },
    async payment(endToEndId) {
      const found = await find(paymentId(endToEndId));
      return found?.kind === 'PAYMENT' ? toPayment(found) : null;
    },
  };
}
