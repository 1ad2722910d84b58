import { SNSClient } from '@aws-sdk/client-sns';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

export const sns = lean(new SNSClient(LEAN_OPTIONS));
