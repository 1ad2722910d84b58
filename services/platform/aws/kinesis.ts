import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

export const kinesis = lean(new KinesisClient(LEAN_OPTIONS));
