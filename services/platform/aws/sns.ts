import { SNSClient } from '@aws-sdk/client-sns';
import { lean } from './lean-client.ts';

export const sns = lean(new SNSClient({}));
