import { Duration } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { bundleDirectory } from './bundles.ts';
import { FunctionRole } from './function-role.ts';
import { mayWriteLog } from './logs.ts';
import { RESERVED_CONCURRENCY } from './reserved-concurrency.ts';
import { physicalName } from './stage.ts';

export interface ServiceFunctionProps {
  /** `<capability>/<verb-noun>`: the handler is `services/<entry>.handler.ts`. */
  readonly entry: string;
  readonly logGroup: LogGroup;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeout?: Duration;
  readonly memoryMb?: number;
}

/** By operator and condition key. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

const DEFAULT_TIMEOUT = Duration.seconds(10);
/** CPU comes with memory: at 512 MB an SDK call costs about what it does on a laptop. */
const DEFAULT_MEMORY_MB = 512;

/** One function: Node 24 on arm64, a role of its own that may do nothing but write its own log until it is granted more. */
export class ServiceFunction extends LambdaFunction {
  constructor(scope: Construct, props: ServiceFunctionProps) {
    const name = props.entry.slice(props.entry.lastIndexOf('/') + 1);
    const functionName = physicalName(scope, name);
    const id = pascalCase(name);
    const reserved = RESERVED_CONCURRENCY[props.entry];
    const role = new FunctionRole(scope, `${id}Role`, physicalName(scope, `${name}-role`));
    super(scope, id, {
      functionName,
      role,
      logGroup: props.logGroup,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundleDirectory(scope, props.entry)),
      timeout: props.timeout ?? DEFAULT_TIMEOUT,
      memorySize: props.memoryMb ?? DEFAULT_MEMORY_MB,
      environment: { ...props.environment },
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
    });
    mayWriteLog(this, props.logGroup, functionName);
  }

  /** Exactly these actions on exactly these resources. */
  allow(actions: readonly string[], ...resources: readonly string[]): this {
    return this.allowIf({}, actions, ...resources);
  }

  /** The same, where the conditions of the request hold. */
  allowIf(conditions: Conditions, actions: readonly string[], ...resources: readonly string[]): this {
    const allowed = { actions: [...actions], resources: [...resources], conditions };
    this.addToRolePolicy(new PolicyStatement({ effect: Effect.ALLOW, ...allowed }));
    return this;
  }
}

function pascalCase(name: string): string {
  return name.replace(/(^|-)([a-z0-9])/g, (_match, _dash, letter: string) => letter.toUpperCase());
}
