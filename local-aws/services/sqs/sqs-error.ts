import { AwsError } from '../../kernel/aws-error.ts';

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function missingParameter(name: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${name}.`);
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

export function invalidValue(value: unknown, parameter: string, reason: string): AwsError {
  return invalidParameter(`Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

/** An optional whole number of the request within its bounds, else `fallback`. */
export function wholeNumber(
  value: unknown,
  parameter: string,
  bounds: { readonly min: number; readonly max: number },
  fallback: number,
): number {
  if (value === undefined || value === null) return fallback;
  if (Number.isInteger(value) && (value as number) >= bounds.min && (value as number) <= bounds.max) {
    return value as number;
  }
  throw invalidValue(value, parameter, `Must be >= ${bounds.min} and <= ${bounds.max}, if provided.`);
}
