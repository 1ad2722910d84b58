import { BANK_SIGNATURE_HEADER, BANK_TIMESTAMP_HEADER } from '@brokerage/contracts/bank';
import { ROUTES } from '@brokerage/contracts/routes/routes';
import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { createQueue } from '../platform/queue.ts';
import { createCredentials } from '../platform/secrets.ts';
import { webhookHandler } from '../platform/webhook-handler.ts';

const config = readConfig(['BANK_SECRET', 'BANK_EVENTS_QUEUE_URL']);
const queue = createQueue(sqs, config.BANK_EVENTS_QUEUE_URL);

export const handler = webhookHandler({
  route: ROUTES.receiveBankEvents,
  timestampHeader: BANK_TIMESTAMP_HEADER,
  signatureHeader: BANK_SIGNATURE_HEADER,
  credentials: createCredentials(secretsManager, config.BANK_SECRET),
  accept: (rawBody) => queue.sendText(rawBody),
});
