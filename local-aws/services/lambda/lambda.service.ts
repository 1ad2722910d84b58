import { Environments } from '../../environments/environments.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { createWireRouter, type WireRouter } from '../../protocols/wire-router.ts';
import { lambdaAccess } from './access.ts';
import { AsyncInvocations } from './async-invocations.ts';
import { eventInvokeConfigResource } from './event-invoke-config-resource.ts';
import { eventSourceMappingResource } from './event-source-mapping-resource.ts';
import { EventSourceMappings } from './event-source-mappings.ts';
import { functionResource } from './function-resource.ts';
import { type CodeResolver, Functions } from './functions.ts';
import { createInvoke } from './invoke.ts';
import { lambdaProtocol } from './lambda-protocol.ts';
import { permissionResource } from './permission-resource.ts';
import { Permissions } from './permissions.ts';

export interface LambdaOptions {
  /** Finds the CommonJS file of a function's bundle from the template's `Code`. */
  readonly codePathOf: CodeResolver;
  /** Where queue URLs and SDK clients of functions point; nothing is sent there, but they must agree. */
  readonly endpointUrl?: string;
  /** Execution threads; cores − 1 unless said otherwise. */
  readonly threads?: number;
  /** Environments of one function at once, at most. */
  readonly environmentsPerFunction?: number;
}

/** Lambda: functions run in environments of this process; queues and streams call them through event source mappings. */
export function createLambda(options: LambdaOptions): (kernel: Kernel) => Service {
  return (kernel) => {
    let router: WireRouter | undefined;
    const environments = new Environments(
      kernel,
      (request, principal, signingName) => {
        router ??= createWireRouter(kernel);
        return router(request, principal, signingName);
      },
      options.threads,
    );
    const functions = new Functions(kernel, options);
    const permissions = new Permissions();
    const asynchronous = new AsyncInvocations(kernel, functions, environments);
    const mappings = new EventSourceMappings(kernel);
    return {
      name: 'lambda',
      protocol: lambdaProtocol,
      operations: {
        Invoke: createInvoke(kernel, functions, environments, asynchronous),
        ListFunctions: () => ({ Functions: functions.describe() }),
        ListEventSourceMappings: () => ({ EventSourceMappings: mappings.describe() }),
      },
      access: lambdaAccess(functions),
      resourcePolicy: (arn) => permissions.policyOf(arn),
      denial: { code: 'AccessDeniedException', status: 403 },
      resources: {
        'AWS::Lambda::Function': functionResource(functions),
        'AWS::Lambda::EventSourceMapping': eventSourceMappingResource(kernel, functions, mappings),
        'AWS::Lambda::EventInvokeConfig': eventInvokeConfigResource(functions, asynchronous),
        'AWS::Lambda::Permission': permissionResource(functions, permissions),
      },
      start: () => {
        mappings.start();
        asynchronous.start();
      },
      stop: async () => {
        mappings.stop();
        await environments.stop();
      },
    };
  };
}
