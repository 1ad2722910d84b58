import { KinesisClient } from '@aws-sdk/client-kinesis';
import { sendDirectly } from './direct-send.ts';

export const kinesis = sendDirectly(new KinesisClient({}));
