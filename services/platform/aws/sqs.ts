import { SQSClient } from '@aws-sdk/client-sqs';
import { lean } from './lean-client.ts';

export const sqs = lean(new SQSClient({}));
