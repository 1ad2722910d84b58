import type { EnvironmentSpec } from './messages.ts';

/** The log group of a function that names none. */
export const ownLogGroupOf = (functionName: string): string => `/aws/lambda/${functionName}`;

/**
 * Name of an environment's log stream; in a group that several functions may share it has the function's name.
 * Source: Lambda developer guide, "Configuring CloudWatch log groups".
 *
 * Differs from AWS: an environment has a number, where Lambda draws 32 hexadecimal digits.
 */
export function logStreamOf(
  { functionName, logGroupName }: Pick<EnvironmentSpec, 'functionName' | 'logGroupName'>,
  startedMs: number,
  environmentId: number,
): string {
  const day = new Date(startedMs).toISOString().slice(0, 10).replaceAll('-', '/');
  if (logGroupName === ownLogGroupOf(functionName)) return `${day}/[$LATEST]${environmentId}`;
  return `${day}/${functionName}[$LATEST][${environmentId}]`;
}
