import { AwsError } from '../../kernel/aws-error.ts';

export function invalidDefinition(reason: string): AwsError {
  return new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${reason}'`);
}

export function invalidArn(arn: unknown): AwsError {
  return new AwsError('InvalidArn', `Invalid Arn: '${String(arn)}'`);
}

export function stateMachineDoesNotExist(arn: string): AwsError {
  return new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

export function invalidName(name: string): AwsError {
  return new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

export function invalidExecutionInput(reason: string): AwsError {
  return new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
}

export function validationException(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
