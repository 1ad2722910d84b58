import { dynamodb } from '../platform/aws/dynamodb.ts';
import { createTables } from '../platform/tables.ts';
import { createClientsStore } from './clients-store.ts';

/** Environment variables of every function that reads or writes clients. */
export const CLIENT_VARIABLES = ['ACCOUNTS_TABLE', 'CPF_HOLDERS_TABLE', 'STAFF_ACTIONS_TABLE'] as const;
type ClientConfig = Readonly<Record<(typeof CLIENT_VARIABLES)[number], string>>;

export function connectClients(config: ClientConfig) {
  return createClientsStore(createTables(dynamodb), {
    accounts: config.ACCOUNTS_TABLE,
    cpfHolders: config.CPF_HOLDERS_TABLE,
    staffActions: config.STAFF_ACTIONS_TABLE,
  });
}
