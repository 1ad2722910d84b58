import type { Kernel } from '../../kernel/kernel.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';
import { invalidParameter, type LogGroupStore } from './log-group-store.ts';

/** Source: CloudWatch Logs API reference, CreateLogGroup and PutRetentionPolicy. */
const NAME = /^[\w./#-]{1,512}$/;
const RETENTION_DAYS = new Set([
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400],
  ...[545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
]);

/** `AWS::Logs::LogGroup`. */
export function logGroupResource(kernel: Kernel, groups: LogGroupStore): ResourceType {
  return {
    apply: ({ logicalId, type, properties }) => {
      const { LogGroupName = logicalId, RetentionInDays, Tags: _tags, ...rest } = properties;
      refuseUnknownProperties(type, rest);
      const name = String(LogGroupName);
      if (!NAME.test(name)) throw invalidParameter(`logGroupName ${name}`);
      const retentionDays = RetentionInDays === undefined ? undefined : Number(RetentionInDays);
      if (retentionDays !== undefined && !RETENTION_DAYS.has(retentionDays)) {
        throw invalidParameter(`retentionInDays ${String(RetentionInDays)}`);
      }
      groups.put({ name, retentionDays, createdAtMs: kernel.clock.nowMs() });
      return { ref: name, attributes: { Arn: kernel.arn('logs', `log-group:${name}:*`) } };
    },
  };
}
