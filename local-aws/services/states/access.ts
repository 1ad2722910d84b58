import type { AccessRule } from '../../kernel/authorization/access-request.ts';

const onMachine =
  (action: string): AccessRule =>
  ({ stateMachineArn }) => [{ action, resource: String(stateMachineArn) }];

/** Source: Service Authorization Reference, AWS Step Functions. */
export const STATES_ACCESS: Readonly<Record<string, AccessRule>> = {
  StartSyncExecution: onMachine('states:StartSyncExecution'),
  StartExecution: onMachine('states:StartExecution'),
  DescribeStateMachine: onMachine('states:DescribeStateMachine'),
};
