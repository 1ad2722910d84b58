import { EXCHANGE_SIGNATURE_HEADER, EXCHANGE_TIMESTAMP_HEADER } from '@brokerage/contracts/exchange';
import { ROUTES } from '@brokerage/contracts/routes/routes';
import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { createQueue } from '../platform/queue.ts';
import { createCredentials } from '../platform/secrets.ts';
import { webhookHandler } from '../platform/webhook-handler.ts';

const config = readConfig(['EXCHANGE_SECRET', 'EXECUTIONS_QUEUE_URL']);
const executions = createQueue(sqs, config.EXECUTIONS_QUEUE_URL);

export const handler = webhookHandler({
  route: ROUTES.receiveExecutions,
  timestampHeader: EXCHANGE_TIMESTAMP_HEADER,
  signatureHeader: EXCHANGE_SIGNATURE_HEADER,
  credentials: createCredentials(secretsManager, config.EXCHANGE_SECRET),
  accept: (rawBody) => executions.sendText(rawBody),
});
