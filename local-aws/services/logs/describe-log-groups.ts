import { notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { invalidParameter, type LogGroupStore } from './log-group-store.ts';

interface DescribeLogGroupsRequest {
  readonly logGroupNamePrefix?: string;
  readonly limit?: number;
  readonly nextToken?: string;
}

/** Source: CloudWatch Logs API reference, DescribeLogGroups: most and default. */
const MAX_LIMIT = 50;

/** By name; the token is the name of the last one answered. */
export function describeLogGroups(kernel: Kernel, groups: LogGroupStore, request: DescribeLogGroupsRequest) {
  const { logGroupNamePrefix = '', limit = MAX_LIMIT, nextToken = '', ...rest } = request;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw notSupported(`DescribeLogGroups with ${unknown}`);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) throw invalidParameter(`limit ${limit}`);
  const matching = groups.after(nextToken).filter(({ name }) => name.startsWith(logGroupNamePrefix));
  const page = matching.slice(0, limit);
  return {
    logGroups: page.map(({ name, retentionDays, createdAtMs }) => ({
      logGroupName: name,
      creationTime: createdAtMs,
      arn: kernel.arn('logs', `log-group:${name}:*`),
      logGroupArn: kernel.arn('logs', `log-group:${name}`),
      logGroupClass: 'STANDARD',
      ...(retentionDays === undefined ? {} : { retentionInDays: retentionDays }),
    })),
    ...(page.length < matching.length ? { nextToken: page.at(-1)?.name } : {}),
  };
}
