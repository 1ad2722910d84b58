import { SNSClient } from '@aws-sdk/client-sns';
import { sendDirectly } from './direct-send.ts';
import { withPlainPublish } from './plain-publish.ts';

export const sns = sendDirectly(withPlainPublish(new SNSClient({})));
