import { AwsError } from '../kernel/aws-error.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { FunctionConfig } from './function-queue.ts';

const ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * Lambda writes a function's log by the function's role: without permission the lines are lost, and the function runs on.
 * Source: Lambda developer guide, "Sending Lambda function logs to CloudWatch Logs".
 */
export function mayWriteLog(
  kernel: Kernel,
  { functionName, roleArn, logGroupName }: FunctionConfig,
  logStreamName: string,
): boolean {
  if (!kernel.authorization.isEnforced) return true;
  const resource = kernel.arn('logs', `log-group:${logGroupName}:log-stream:${logStreamName}`);
  const requests = ACTIONS.map((action) => ({ action, resource }));
  try {
    kernel.authorization.check(kernel.service('logs'), requests, { kind: 'function', functionName, roleArn });
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}
