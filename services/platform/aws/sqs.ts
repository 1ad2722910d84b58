import { SQSClient } from '@aws-sdk/client-sqs';
import { sendDirectly } from './direct-send.ts';

export const sqs = sendDirectly(new SQSClient({}));
