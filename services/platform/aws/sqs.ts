import { SQSClient } from '@aws-sdk/client-sqs';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

export const sqs = lean(new SQSClient(LEAN_OPTIONS));
