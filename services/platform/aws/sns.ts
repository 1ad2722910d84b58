import { SNSClient } from '@aws-sdk/client-sns';
import { sendDirectly } from './direct-send.ts';

export const sns = sendDirectly(new SNSClient({}));
