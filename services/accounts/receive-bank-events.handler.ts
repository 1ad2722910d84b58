import { BANK_SIGNATURE_HEADER, BANK_TIMESTAMP_HEADER, BankDelivery } from '@brokerage/contracts/bank';
import { ROUTES } from '@brokerage/contracts/routes/routes';
import { kms } from '../platform/aws/kms.ts';
import { secretsManager } from '../platform/aws/secrets-manager.ts';
import { sqs } from '../platform/aws/sqs.ts';
import { readConfig } from '../platform/config.ts';
import { createQueue } from '../platform/queue.ts';
import { createCredentials } from '../platform/secrets.ts';
import { webhookHandler } from '../platform/webhook-handler.ts';
import { withoutCpfs } from './bank-message.ts';
import { createCpfIndex } from './cpf-index-gateway.ts';

const config = readConfig(['BANK_SECRET', 'BANK_EVENTS_QUEUE_URL', 'CPF_INDEX_KEY']);
const queue = createQueue(sqs, config.BANK_EVENTS_QUEUE_URL);
const cpfIndex = createCpfIndex(kms, config.CPF_INDEX_KEY);

export const handler = webhookHandler({
  route: ROUTES.receiveBankEvents,
  timestampHeader: BANK_TIMESTAMP_HEADER,
  signatureHeader: BANK_SIGNATURE_HEADER,
  credentials: createCredentials(secretsManager, config.BANK_SECRET),
  accept: async (rawBody) => {
    const message = await withoutCpfs(BankDelivery.parse(JSON.parse(rawBody)), cpfIndex);
    await queue.sendText(JSON.stringify(message));
  },
});
