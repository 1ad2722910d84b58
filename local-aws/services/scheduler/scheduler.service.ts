import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType, Service, WireResponse } from '../../kernel/service.ts';
import { ScheduleRunner } from './schedule-runner.ts';
import { Schedules } from './schedules.ts';

/** EventBridge Scheduler. Schedules come from the template alone: its API has no operation here. */
export function createScheduler(kernel: Kernel): Service {
  const runner = new ScheduleRunner(kernel);
  const schedules = new Schedules(kernel, runner);
  return {
    name: 'scheduler',
    protocol: { kind: 'rest', route: () => undefined, respond: noAnswer, respondError },
    operations: {},
    resources: {
      'AWS::Scheduler::Schedule': scheduleResource(schedules),
      'AWS::Scheduler::ScheduleGroup': scheduleGroupResource(schedules),
    },
    start: () => {
      runner.start();
      schedules.start();
    },
    stop: () => runner.stop(),
  };
}

/** A schedule without name takes its logical id, which stays the same over restarts. */
function scheduleResource(schedules: Schedules): ResourceType {
  return {
    apply: ({ logicalId, properties }) => {
      const { Name = logicalId, GroupName = 'default', ...rest } = properties;
      const { name, arn } = schedules.put(String(GroupName), String(Name), rest);
      return { ref: name, attributes: { Arn: arn } };
    },
  };
}

function scheduleGroupResource(schedules: Schedules): ResourceType {
  return {
    apply: ({ logicalId, properties }) => {
      const { Name = logicalId, Tags: _, ...unknown } = properties;
      refuseUnknownProperties('AWS::Scheduler::ScheduleGroup', unknown);
      const arn = schedules.createGroup(String(Name));
      return { ref: String(Name), attributes: { Arn: arn } };
    },
  };
}

function noAnswer(operation: string): never {
  throw new AwsError('UnknownOperationException', `scheduler:${operation} is not supported by local-aws`);
}

function respondError(error: AwsError, requestId: string): WireResponse {
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code, 'x-amzn-requestid': requestId },
    body: JSON.stringify({ Message: error.message }),
  };
}
