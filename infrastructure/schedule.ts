import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';
import { physicalName } from './stage.ts';

/** The shortest rate that EventBridge Scheduler has. */
export function runEveryMinute(scope: Construct, lambda: ServiceFunction): void {
  runOnSchedule(scope, lambda, 'rate(1 minute)');
}

/** Runs a function by EventBridge Scheduler, at São Paulo's time, under a role that may invoke this function only. */
export function runOnSchedule(scope: Construct, lambda: ServiceFunction, expression: string): void {
  const role = new Role(scope, `${lambda.node.id}ScheduleRole`, {
    roleName: physicalName(scope, `${lambda.node.id}ScheduleRole`),
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }));
  new CfnSchedule(scope, `${lambda.node.id}Schedule`, {
    scheduleExpression: expression,
    scheduleExpressionTimezone: 'America/Sao_Paulo',
    flexibleTimeWindow: { mode: 'OFF' },
    // The next run does what a lost one would have done.
    target: { arn: lambda.functionArn, roleArn: role.roleArn, input: '{}', retryPolicy: { maximumRetryAttempts: 0 } },
  });
}
