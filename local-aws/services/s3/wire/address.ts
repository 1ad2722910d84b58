import type { WireRequest } from '../../../kernel/service.ts';

export interface S3Address {
  readonly bucket: string | undefined;
  /** Decoded. */
  readonly key: string | undefined;
}

/** Bucket in the host: `<bucket>.s3.…`, `<bucket>.localhost`. Any other host has it in the path. */
const VIRTUAL_HOST = /^(.+?)\.(?:s3[.-].+|s3|localhost)$/;

/** Bucket and key of a request, in either style of address. */
export function addressOf({ path, headers }: WireRequest): S3Address {
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  const bucketOfHost = VIRTUAL_HOST.exec(host)?.[1];
  const inHost = bucketOfHost !== undefined && bucketOfHost !== 's3';
  const segments = path.slice(1).split('/');
  const bucket = inHost ? bucketOfHost : decodeURIComponent(segments.shift() ?? '');
  const key = decodeURIComponent(segments.join('/'));
  return { bucket: bucket || undefined, key: key || undefined };
}
