import { dynamodb } from '../platform/aws/dynamodb.ts';
import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { readConfig } from '../platform/config.ts';
import { callForeign } from '../platform/foreign-http.ts';
import { createCredentials } from '../platform/secrets.ts';
import { createTables } from '../platform/tables.ts';
import { syncInstruments } from './sync-instruments.ts';

const config = readConfig(['INSTRUMENTS_TABLE', 'EXCHANGE_URL', 'EXCHANGE_SECRET']);
const tables = createTables(dynamodb);
const credentials = createCredentials(secretsManager, config.EXCHANGE_SECRET);

export const handler = () =>
  syncInstruments({
    baseUrl: config.EXCHANGE_URL,
    credentials,
    call: callForeign,
    save: (instruments) => tables.batchPut(config.INSTRUMENTS_TABLE, instruments),
  });
