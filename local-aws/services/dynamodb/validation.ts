import { AwsError } from '../../kernel/aws-error.ts';

export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** The form in which DynamoDB reports that a parameter's own value is wrong. */
export function invalidParameterValue(detail: string): AwsError {
  return validation(`One or more parameter values were invalid: ${detail}`);
}

/** The form of the model's own constraints: range, length, enumeration. */
export function constraintViolation(value: unknown, member: string, constraint: string): AwsError {
  const shown = value === null || value === undefined ? 'null' : `'${value}'`;
  return validation(
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

export function oneOf<T extends string>(value: unknown, member: string, allowed: readonly T[], fallback: T): T {
  if (value === undefined) return fallback;
  if (allowed.includes(value as T)) return value as T;
  throw constraintViolation(value, member, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
}
