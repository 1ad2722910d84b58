import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';

/** An alarm as DescribeAlarms answers it. */
export interface Alarm {
  readonly AlarmName: string;
  readonly AlarmArn: string;
  readonly StateValue: 'INSUFFICIENT_DATA' | 'OK' | 'ALARM';
  readonly [member: string]: unknown;
}

const REQUIRED = ['ComparisonOperator', 'EvaluationPeriods'];
const OPTIONAL = [
  ...['AlarmDescription', 'ActionsEnabled', 'AlarmActions', 'OKActions', 'InsufficientDataActions'],
  ...['MetricName', 'Namespace', 'Dimensions', 'Period', 'Statistic', 'ExtendedStatistic', 'Unit', 'Metrics'],
  ...['DatapointsToAlarm', 'Threshold', 'TreatMissingData'],
];
const NOT_DESCRIBED = ['AlarmName', 'Tags'];

/**
 * `AWS::CloudWatch::Alarm`: kept as the template has it.
 *
 * Differs from AWS: no metric is collected, so an alarm stays in the state and for the reason that AWS gives to one not yet
 * evaluated, and no action of it is taken.
 */
export function alarmResource(kernel: Kernel, alarms: Map<string, Alarm>): ResourceType {
  return {
    apply: ({ logicalId, type, properties }) => {
      refuseUnknownProperties(type, properties, [...REQUIRED, ...OPTIONAL, ...NOT_DESCRIBED]);
      const missing = REQUIRED.find((name) => properties[name] === undefined);
      if (missing !== undefined) throw new AwsError('ValidationError', `${type} needs ${missing}`);
      const { AlarmName = logicalId, Tags: _tags, ...described } = properties;
      const name = String(AlarmName);
      const AlarmArn = kernel.arn('cloudwatch', `alarm:${name}`);
      const updated = new Date(kernel.clock.nowMs());
      alarms.set(name, {
        ActionsEnabled: true,
        ...described,
        AlarmName: name,
        AlarmArn,
        AlarmConfigurationUpdatedTimestamp: updated,
        StateValue: 'INSUFFICIENT_DATA',
        StateReason: 'Unchecked: Initial alarm creation',
        StateUpdatedTimestamp: updated,
      });
      return { ref: name, attributes: { Arn: AlarmArn } };
    },
  };
}

interface DescribeAlarmsRequest {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly StateValue?: string;
}

/** All in one answer. */
export function describeAlarms(alarms: ReadonlyMap<string, Alarm>, request: DescribeAlarmsRequest) {
  const { AlarmNames, AlarmNamePrefix = '', StateValue, ...rest } = request;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw notSupported(`DescribeAlarms with ${unknown}`);
  const MetricAlarms = [...alarms.values()].filter(
    (alarm) =>
      (AlarmNames?.includes(alarm.AlarmName) ?? alarm.AlarmName.startsWith(AlarmNamePrefix)) &&
      (StateValue === undefined || alarm.StateValue === StateValue),
  );
  return { MetricAlarms, CompositeAlarms: [] };
}
