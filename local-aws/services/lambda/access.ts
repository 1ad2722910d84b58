import type { AccessRule } from '../../kernel/authorization/access-request.ts';
import type { Functions } from './functions.ts';

/** Source: Service Authorization Reference, AWS Lambda. */
export function lambdaAccess(functions: Functions): Readonly<Record<string, AccessRule>> {
  return {
    Invoke: ({ FunctionName }) => [
      { action: 'lambda:InvokeFunction', resource: functions.get(String(FunctionName)).config.functionArn },
    ],
    ListFunctions: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
    ListEventSourceMappings: () => [{ action: 'lambda:ListEventSourceMappings', resource: '*' }],
  };
}
