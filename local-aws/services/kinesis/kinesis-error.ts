import { AwsError } from '../../kernel/aws-error.ts';

/** Refusals of the Kinesis API. Source: Kinesis Data Streams API reference, the operations' errors. */
export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

export function invalidArgument(message: string): AwsError {
  return new AwsError('InvalidArgumentException', message);
}

/** The form of the model's own constraints: range, length, enumeration. */
export function constraintViolation(value: unknown, member: string, constraint: string): AwsError {
  const shown = value === null || value === undefined ? 'null' : `'${value}'`;
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** A whole number within bounds, or the fallback when there is none. */
export function integerWithin(value: unknown, member: string, min: number, max: number, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  throw constraintViolation(value, member, `Member must have value between ${min} and ${max}`);
}
