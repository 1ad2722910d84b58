import type { Conditions } from './service-function.ts';

/**
 * Where a table holds items of several kinds, told apart by how their partition keys begin: a function's grant names the kind it
 * reaches. Every item of a request must be one. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
const only = (...partitions: readonly string[]): Conditions => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
});

/** Of Orders: orders and their fills. */
export const OF_ORDERS = only('ORD-*');
/** Of Orders: the keys under which clients asked for orders. */
export const OF_REQUEST_KEYS = only('KEY#*');
export const OF_ORDERS_AND_REQUEST_KEYS = only('ORD-*', 'KEY#*');
/** Of Orders: how far the exchange's reports are compared. */
export const OF_REPORT_CURSOR = only('EXCHANGE');
/** Of the Ledger: whatever is a client's. What is nobody's lies under SUSPENSE, for those alone who may book to it. */
export const OF_CLIENTS: Conditions = { 'ForAllValues:StringNotEquals': { 'dynamodb:LeadingKeys': 'SUSPENSE' } };
/** Of the Ledger, in a statement beside that for clients' entries. */
export const OF_SUSPENSE = only('SUSPENSE');
/** Of Transfers. */
export const OF_WITHDRAWALS = only('WDR-*');
/** Of the index byOpening. */
export const OF_CLIENT_DIRECTORY = only('CLIENTS');
export const OF_STAFF_DIRECTORY = only('STAFF');
