import { SQSClient } from '@aws-sdk/client-sqs';
import { sendDirectly } from './direct-send.ts';
import { withPlainJson } from './plain-json.ts';

export const sqs = sendDirectly(withPlainJson(new SQSClient({})));
