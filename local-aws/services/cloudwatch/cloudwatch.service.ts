import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { type Alarm, alarmResource, describeAlarms } from './alarms.ts';
import { dashboardResource, getDashboard } from './dashboards.ts';

/** CloudWatch's alarms and dashboards as the template has them at this start. Its signing name is `monitoring`. */
export function createCloudWatch(kernel: Kernel): Service {
  const alarms = new Map<string, Alarm>();
  const dashboards = new Map<string, string>();
  const xmlNamespace = 'http://monitoring.amazonaws.com/doc/2010-08-01/';
  return {
    name: 'cloudwatch',
    protocol: { kind: 'aws-query', version: '2010-08-01', xmlNamespace },
    operations: {
      DescribeAlarms: (input) => describeAlarms(alarms, input),
      GetDashboard: (input) => getDashboard(kernel, dashboards, input),
    },
    resources: {
      'AWS::CloudWatch::Alarm': alarmResource(kernel, alarms),
      'AWS::CloudWatch::Dashboard': dashboardResource(dashboards),
    },
  };
}
