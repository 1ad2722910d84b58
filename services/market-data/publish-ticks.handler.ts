import { EXCHANGE_SIGNATURE_HEADER, EXCHANGE_TIMESTAMP_HEADER } from '@brokerage/contracts/exchange';
import { ROUTES } from '@brokerage/contracts/routes/routes';
import { kinesis } from '../platform/aws/kinesis.ts';
import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { readConfig } from '../platform/config.ts';
import { createDataStream } from '../platform/data-stream.ts';
import { createCredentials } from '../platform/secrets.ts';
import { webhookHandler } from '../platform/webhook-handler.ts';
import { publishTicks } from './publish-ticks.ts';

const config = readConfig(['EXCHANGE_SECRET', 'MARKET_DATA_STREAM']);
const stream = createDataStream(kinesis, config.MARKET_DATA_STREAM);

export const handler = webhookHandler({
  route: ROUTES.publishTicks,
  timestampHeader: EXCHANGE_TIMESTAMP_HEADER,
  signatureHeader: EXCHANGE_SIGNATURE_HEADER,
  credentials: createCredentials(secretsManager, config.EXCHANGE_SECRET),
  accept: (rawBody) => publishTicks(rawBody, stream),
});
