import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel/kernel.ts';
import { SimulatedClock } from '../../kernel/simulated-clock.ts';
import { loadTemplate } from '../../template/load-template.ts';
import { createLogs } from './logs.service.ts';

const ADMINISTRATOR = { kind: 'administrator', accessKeyId: 'test' } as const;
const group = (Properties: Record<string, unknown>) => ({ Type: 'AWS::Logs::LogGroup', Properties });

function logsKernel() {
  const clock = new SimulatedClock(1000);
  const kernel = new Kernel({ clock });
  kernel.register(createLogs(kernel));
  const load = (Resources: Record<string, ReturnType<typeof group>>) => loadTemplate(kernel, { Resources });
  const describeGroups = (input: unknown = {}) => kernel.call('logs', 'DescribeLogGroups', input, ADMINISTRATOR);
  return { clock, load, describeGroups };
}

describe('log groups', () => {
  it('are kept with their retention; applied again they keep their date', () => {
    const { clock, load, describeGroups } = logsKernel();
    const stack = load({ Log: group({ LogGroupName: '/aws/lambda/submit', RetentionInDays: 30 }) });
    clock.step(5000);
    load({ Log: group({ LogGroupName: '/aws/lambda/submit', RetentionInDays: 90 }) });
    const arn = 'arn:aws:logs:sa-east-1:000000000000:log-group:/aws/lambda/submit:*';
    expect(stack.resources.get('Log')).toMatchObject({ ref: '/aws/lambda/submit', attributes: { Arn: arn } });
    expect(describeGroups()).toMatchObject({
      logGroups: [{ logGroupName: '/aws/lambda/submit', arn, retentionInDays: 90, creationTime: 1000 }],
    });
  });

  it('are listed under a prefix, by pages', () => {
    const { load, describeGroups } = logsKernel();
    load({ A: group({ LogGroupName: 'a/1' }), B: group({ LogGroupName: 'b' }), C: group({ LogGroupName: 'a/2' }) });
    expect(describeGroups({ logGroupNamePrefix: 'a/', limit: 1 })).toMatchObject({
      logGroups: [{ logGroupName: 'a/1' }],
      nextToken: 'a/1',
    });
    const rest = describeGroups({ logGroupNamePrefix: 'a/', nextToken: 'a/1' });
    expect(rest).toMatchObject({ logGroups: [{ logGroupName: 'a/2' }] });
    expect(rest).not.toHaveProperty('nextToken');
  });
});

describe('refusals', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['a key of KMS', { KmsKeyId: 'k' }, 'property KmsKeyId of AWS::Logs::LogGroup'],
    ['a name', { LogGroupName: 'a b' }, 'logGroupName a b is not valid'],
    ['a retention', { RetentionInDays: 2 }, 'retentionInDays 2 is not valid'],
  ];
  it.each(cases)('%s', (_name, properties, message) => {
    expect(() => logsKernel().load({ Log: group(properties) })).toThrow(message);
  });

  it.each([0, 51, 1.5])('a limit of %d', (limit) => {
    expect(() => logsKernel().describeGroups({ limit })).toThrow(`limit ${limit} is not valid`);
  });
});
