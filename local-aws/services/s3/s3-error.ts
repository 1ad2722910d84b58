import { AwsError } from '../../kernel/aws-error.ts';

/** Refusals of the S3 API. Source: S3 API reference, "Error responses". */
export function noSuchBucket(bucket: string): AwsError {
  const members = { BucketName: bucket };
  return new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404, members });
}

export function noSuchKey(key: string): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, members: { Key: key } });
}

export function noSuchVersion(key: string, versionId: string): AwsError {
  const members = { Key: key, VersionId: versionId };
  return new AwsError('NoSuchVersion', 'The specified version does not exist.', { status: 404, members });
}

export function noSuchBucketPolicy(bucket: string): AwsError {
  const members = { BucketName: bucket };
  return new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', { status: 404, members });
}

export function invalidArgument(message: string): AwsError {
  return new AwsError('InvalidArgument', message);
}

export function preconditionFailed(condition: string): AwsError {
  const message = 'At least one of the pre-conditions you specified did not hold';
  return new AwsError('PreconditionFailed', message, { status: 412, members: { Condition: condition } });
}

export function notModified(): AwsError {
  return new AwsError('NotModified', 'Not Modified', { status: 304 });
}

export function badDigest(algorithm: string): AwsError {
  return new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}

export function invalidRange(): AwsError {
  return new AwsError('InvalidRange', 'The requested range is not satisfiable', { status: 416 });
}

export function malformedXml(): AwsError {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema';
  return new AwsError('MalformedXML', message);
}
