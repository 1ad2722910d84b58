import { serviceOfArn } from '../../kernel/arn.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { servicePrincipal } from '../../kernel/principal.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';

/**
 * What the function's role must allow before a mapping is made, by the kind of its source.
 * Source: Lambda developer guide, "Execution role permissions" of each event source.
 */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'],
  kinesis: [
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:ListShards',
  ],
};
/** An action that knows no resources. */
const LISTED: Readonly<Record<string, string>> = { dynamodb: 'dynamodb:ListStreams', kinesis: 'kinesis:ListStreams' };

/** Lambda as it reads a mapping's source and writes to its failure destination: by the function's role. */
export function pollerPrincipal({ functionArn, functionRoleArn }: EventSourceMapping) {
  return servicePrincipal('lambda.amazonaws.com', functionArn, functionRoleArn);
}

/** @throws AwsError InvalidParameterValueException when the function's role may not read the source, as when AWS makes a mapping */
export function checkMappingPermissions(kernel: Kernel, mapping: EventSourceMapping): void {
  const kind = serviceOfArn(mapping.sourceArn);
  const streamArn = mapping.sourceArn.split('/consumer/')[0] as string;
  const listed = LISTED[kind];
  const requests = [
    ...(NEEDED[kind] ?? []).map((action) => ({ action, resource: streamArn })),
    ...(listed === undefined ? [] : [{ action: listed, resource: '*' }]),
  ];
  for (const request of requests) {
    try {
      kernel.authorization.check(kernel.service(kind), [request], pollerPrincipal(mapping));
    } catch (cause) {
      if (!(cause instanceof AwsError)) throw cause;
      const operation = request.action.slice(request.action.indexOf(':') + 1);
      const message = `The provided execution role does not have permissions to call ${operation} on ${kind.toUpperCase()}: ${cause.message}`;
      throw Object.assign(new AwsError('InvalidParameterValueException', message), { cause });
    }
  }
}
