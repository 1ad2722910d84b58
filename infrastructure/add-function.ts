import type { Construct } from 'constructs';
import { ServiceFunction, type ServiceFunctionProps } from './service-function.ts';
import type { Shared, Variables } from './shared.ts';

/** A function of one of the capabilities, which reads these of the shared variables, and what `options` adds of its own. */
export function addFunction(
  scope: Construct,
  { logs, variables }: Shared,
  entry: string,
  reads: readonly (keyof Variables)[],
  { environment, ...options }: Omit<ServiceFunctionProps, 'entry' | 'logGroup'> = {},
): ServiceFunction {
  const shared = Object.fromEntries(reads.map((name) => [name, variables[name]]));
  return new ServiceFunction(scope, {
    ...options,
    entry,
    logGroup: logs.groupOf(entry),
    environment: { ...shared, ...environment },
  });
}
