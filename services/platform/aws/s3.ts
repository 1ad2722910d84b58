import { S3Client } from '@aws-sdk/client-s3';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

export const s3 = lean(new S3Client(LEAN_OPTIONS));
