import { S3Client } from '@aws-sdk/client-s3';
import { sendDirectly } from './direct-send.ts';

export const s3 = sendDirectly(new S3Client({}));
