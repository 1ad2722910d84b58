import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel/kernel.ts';
import { loadTemplate } from '../../template/load-template.ts';
import { createCloudWatch } from './cloudwatch.service.ts';

const ADMINISTRATOR = { kind: 'administrator', accessKeyId: 'test' } as const;
const alarm = (rest: Record<string, unknown> = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Threshold: 0, ...rest },
});

function kernelWith(Resources: Parameters<typeof loadTemplate>[1]['Resources']) {
  const kernel = new Kernel();
  kernel.register(createCloudWatch(kernel));
  const stack = loadTemplate(kernel, { Resources });
  const call = (operation: string, input: unknown = {}) => kernel.call('cloudwatch', operation, input, ADMINISTRATOR);
  return { stack, call };
}

describe('alarms', () => {
  const Resources = { Named: alarm({ AlarmName: 'dead-letters', AlarmActions: ['arn:x'] }), Other: alarm() };
  const names = (answer: unknown) =>
    (answer as { MetricAlarms: { AlarmName: string }[] }).MetricAlarms.map((a) => a.AlarmName);

  it('are described as the template has them, not evaluated', () => {
    const { stack, call } = kernelWith(Resources);
    const arn = 'arn:aws:cloudwatch:sa-east-1:000000000000:alarm:dead-letters';
    expect(stack.resources.get('Named')).toMatchObject({ ref: 'dead-letters', attributes: { Arn: arn } });
    expect(call('DescribeAlarms', { AlarmNames: ['dead-letters'] })).toMatchObject({
      MetricAlarms: [
        { AlarmArn: arn, Threshold: 0, AlarmActions: ['arn:x'], ActionsEnabled: true, StateValue: 'INSUFFICIENT_DATA' },
      ],
    });
  });

  const cases: [Record<string, unknown>, string[]][] = [
    [{}, ['dead-letters', 'Other']],
    [{ AlarmNamePrefix: 'dead' }, ['dead-letters']],
    [{ StateValue: 'ALARM' }, []],
  ];
  it.each(cases)('are chosen by %j', (request, expected) => {
    expect(names(kernelWith(Resources).call('DescribeAlarms', request))).toEqual(expected);
  });
});

it('a dashboard gives its body back', () => {
  const { call } = kernelWith({
    Board: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: 'orders', DashboardBody: '{}' } },
  });
  expect(call('GetDashboard', { DashboardName: 'orders' })).toEqual({
    DashboardArn: 'arn:aws:cloudwatch::000000000000:dashboard/orders',
    DashboardName: 'orders',
    DashboardBody: '{}',
  });
  expect(() => call('GetDashboard', { DashboardName: 'x' })).toThrow('Dashboard x does not exist');
});

describe('refusals', () => {
  const cases: [string, ReturnType<typeof alarm>, string][] = [
    ['unknown property', alarm({ ThresholdMetricId: 'x' }), 'property ThresholdMetricId of AWS::CloudWatch::Alarm'],
    ['missing property', alarm({ EvaluationPeriods: undefined }), 'needs EvaluationPeriods'],
  ];
  it.each(cases)('%s', (_name, resource, message) => {
    expect(() => kernelWith({ A: resource })).toThrow(message);
  });

  it('a member of DescribeAlarms that it has not', () => {
    expect(() => kernelWith({}).call('DescribeAlarms', { ActionPrefix: 'x' })).toThrow(
      'DescribeAlarms with ActionPrefix',
    );
  });
});
