import type { Operation } from '../../../kernel/service.ts';
import { capacityDetail, consumedCapacities, readUnits } from '../capacity.ts';
import type { Database } from '../database.ts';
import { validation } from '../validation.ts';
import { type ReadInput, readGet, shownItem } from './read-request.ts';
import { cancelUnlessAll, checkActionCount, MAX_TRANSACTION_BYTES } from './transact-write-items.ts';

interface TransactGetItemsInput {
  readonly TransactItems?: readonly { readonly Get?: ReadInput }[];
  readonly ReturnConsumedCapacity?: string;
}

export function transactGetItems(database: Database): Operation {
  return (input: TransactGetItemsInput) => {
    checkActionCount(input.TransactItems);
    const requests = (input.TransactItems ?? []).map(({ Get }) => readGet(database, Get ?? {}));
    const targets = new Set(requests.map(({ key }) => key.place));
    if (targets.size < requests.length) {
      throw validation('Transaction request cannot include multiple operations on one item');
    }
    const detail = capacityDetail(input);
    database.throttle();
    if (database.conflicts()) {
      const struck = Math.floor(database.kernel.random.next() * requests.length);
      cancelUnlessAll(
        requests.map((_, index) =>
          index === struck
            ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
            : { Code: 'None' },
        ),
      );
    }
    const stored = requests.map(({ key }) => database.items.read(key));
    const totalBytes = stored.reduce((sum, item) => sum + (item?.sizeBytes ?? 0), 0);
    if (totalBytes > MAX_TRANSACTION_BYTES) {
      throw validation('Transaction size exceeded the maximum allowed size of 4 MB');
    }
    const Responses = requests.map(({ shown }, index) => shownItem(stored[index], shown));
    if (detail === 'NONE') return { Responses };
    const consumed = requests.map(({ table }, index) => ({
      table,
      tableUnits: readUnits(stored[index]?.sizeBytes ?? 0, true) * 2,
    }));
    return { Responses, ConsumedCapacity: consumedCapacities(consumed, detail, 'ReadCapacityUnits') };
  };
}
