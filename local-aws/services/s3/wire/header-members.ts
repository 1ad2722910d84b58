/** Members of the S3 API that travel as headers. Source: S3 API reference, the operations' syntax. */

export const CONTENT_HEADERS = {
  'content-type': 'ContentType',
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  expires: 'Expires',
};

export const CHECKSUM_HEADERS = {
  'x-amz-checksum-crc32': 'ChecksumCRC32',
  'x-amz-checksum-crc32c': 'ChecksumCRC32C',
  'x-amz-checksum-crc64nvme': 'ChecksumCRC64NVME',
  'x-amz-checksum-sha1': 'ChecksumSHA1',
  'x-amz-checksum-sha256': 'ChecksumSHA256',
};

const WRITE_CONDITION_HEADERS = { 'if-match': 'IfMatch', 'if-none-match': 'IfNoneMatch' };

export const READ_CONDITION_HEADERS = {
  ...WRITE_CONDITION_HEADERS,
  'if-modified-since': 'IfModifiedSince',
  'if-unmodified-since': 'IfUnmodifiedSince',
};

const KEPT_HEADERS = {
  'x-amz-storage-class': 'StorageClass',
  'x-amz-server-side-encryption': 'ServerSideEncryption',
  'x-amz-server-side-encryption-aws-kms-key-id': 'SSEKMSKeyId',
  'x-amz-server-side-encryption-bucket-key-enabled': 'BucketKeyEnabled',
  'x-amz-object-lock-mode': 'ObjectLockMode',
  'x-amz-object-lock-retain-until-date': 'ObjectLockRetainUntilDate',
};

export const WRITE_HEADERS = { ...CONTENT_HEADERS, ...WRITE_CONDITION_HEADERS, ...KEPT_HEADERS };

/** Part of the transfer or of the signature, not of the operation. */
export const TRANSFER_HEADERS = new Set([
  ...['x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token', 'x-amz-user-agent'],
  ...['x-amz-sdk-checksum-algorithm', 'x-amz-decoded-content-length', 'x-amz-trailer'],
]);

/** Of deletes: asks for more than the caller has anyway. */
export const BYPASS_HEADERS = { 'x-amz-bypass-governance-retention': 'BypassGovernanceRetention' };

export const METADATA_PREFIX = 'x-amz-meta-';

/** Member → header of an answer. */
export const RESPONSE_HEADERS: Readonly<Record<string, string>> = {
  ...inverted({ ...CONTENT_HEADERS, ...CHECKSUM_HEADERS, ...KEPT_HEADERS }),
  ETag: 'etag',
  ContentLength: 'content-length',
  ContentRange: 'content-range',
  LastModified: 'last-modified',
  AcceptRanges: 'accept-ranges',
  VersionId: 'x-amz-version-id',
  DeleteMarker: 'x-amz-delete-marker',
  ChecksumType: 'x-amz-checksum-type',
  CopySourceVersionId: 'x-amz-copy-source-version-id',
  BucketRegion: 'x-amz-bucket-region',
};

function inverted(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([header, member]) => [member, header]));
}
