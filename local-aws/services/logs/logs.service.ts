import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { describeLogGroups } from './describe-log-groups.ts';
import { logGroupResource } from './log-group.resource.ts';
import { LogGroupStore } from './log-group-store.ts';

/** CloudWatch Logs: the groups. What functions and services write goes to the stack's own log. */
export function createLogs(kernel: Kernel): Service {
  const groups = new LogGroupStore(kernel.store);
  return {
    name: 'logs',
    protocol: { kind: 'aws-json', version: '1.1', target: 'Logs_20140328' },
    operations: { DescribeLogGroups: (input) => describeLogGroups(kernel, groups, input) },
    resources: { 'AWS::Logs::LogGroup': logGroupResource(kernel, groups) },
  };
}
