import type { FunctionConfig } from '../../environments/function-queue.ts';
import { ownLogGroupOf } from '../../environments/log-stream.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';

/** Environments of one function at once, however much concurrency the template reserves: few, since they share the laptop's cores. */
const DEFAULT_ENVIRONMENTS_PER_FUNCTION = 4;

export interface CodeLocation {
  readonly functionName: string;
  readonly s3Bucket: string;
  readonly s3Key: string;
}
export type CodeResolver = (location: CodeLocation) => string;

export interface FunctionsOptions {
  readonly codePathOf: CodeResolver;
  readonly environmentsPerFunction?: number;
  readonly endpointUrl?: string;
}

export interface LambdaFunction {
  readonly config: FunctionConfig;
  /** Invocations beyond it are throttled; undefined: they wait for an environment. */
  readonly reservedConcurrency: number | undefined;
  inFlight: number;
}

/** The functions of the stack, by name. They come from the template at each start, so nothing of them is stored. */
export class Functions {
  readonly #kernel: Kernel;
  readonly #options: FunctionsOptions;
  readonly #byName = new Map<string, LambdaFunction>();
  readonly #byArn = new Map<string, LambdaFunction>();

  constructor(kernel: Kernel, options: FunctionsOptions) {
    this.#kernel = kernel;
    this.#options = options;
  }

  define(definition: FunctionDefinition): LambdaFunction {
    const { functionName, reservedConcurrency } = definition;
    const defined: LambdaFunction = {
      reservedConcurrency,
      inFlight: 0,
      config: {
        functionName,
        functionArn: this.arnOf(functionName),
        roleArn: definition.roleArn,
        codePath: this.#options.codePathOf({ functionName, s3Bucket: definition.s3Bucket, s3Key: definition.s3Key }),
        handler: definition.handler,
        memoryMb: definition.memoryMb,
        logGroupName: definition.logGroupName ?? ownLogGroupOf(functionName),
        timeoutMs: definition.timeoutSeconds * 1000,
        maxEnvironments: Math.min(
          reservedConcurrency ?? Number.POSITIVE_INFINITY,
          this.#options.environmentsPerFunction ?? DEFAULT_ENVIRONMENTS_PER_FUNCTION,
        ),
        variables: { ...definition.variables, ...this.#reservedVariables(definition) },
      },
    };
    this.#byName.set(functionName, defined);
    this.#byArn.set(defined.config.functionArn, defined);
    return defined;
  }

  /** By name or ARN, with or without a qualifier. */
  get(nameOrArn: string): LambdaFunction {
    const known = this.#byName.get(nameOrArn) ?? this.#byArn.get(nameOrArn);
    if (known) return known;
    const name = nameOrArn.split(':')[nameOrArn.startsWith('arn:') ? 6 : 0] ?? '';
    const qualified = this.#byName.get(name);
    if (qualified) return qualified;
    throw new AwsError('ResourceNotFoundException', `Function not found: ${this.arnOf(name)}`, { status: 404 });
  }

  arnOf(functionName: string): string {
    return this.#kernel.arn('lambda', `function:${functionName}`);
  }

  describe(): object[] {
    return [...this.#byName.values()].map(({ config }) => ({
      FunctionName: config.functionName,
      FunctionArn: config.functionArn,
      Role: config.roleArn,
      Handler: `index.${config.handler}`,
      Timeout: config.timeoutMs / 1000,
      MemorySize: config.memoryMb,
    }));
  }

  #reservedVariables(definition: FunctionDefinition): Record<string, string> {
    return {
      AWS_REGION: this.#kernel.region,
      AWS_DEFAULT_REGION: this.#kernel.region,
      ...(this.#options.endpointUrl ? { AWS_ENDPOINT_URL: this.#options.endpointUrl } : {}),
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: definition.functionName,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroupName ?? ownLogGroupOf(definition.functionName),
      // The kernel knows who calls; the SDK only needs to find something.
      AWS_ACCESS_KEY_ID: 'ASIALOCALENVIRONMENT',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: 'local',
      LAMBDA_TASK_ROOT: '/var/task',
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      _HANDLER: `index.${definition.handler}`,
    };
  }
}

export interface FunctionDefinition {
  readonly functionName: string;
  readonly roleArn: string;
  readonly s3Bucket: string;
  readonly s3Key: string;
  /** Exported name within `index`. */
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number | undefined;
  /** Another than its own. */
  readonly logGroupName: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}
