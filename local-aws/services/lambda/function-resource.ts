import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { ResourceDefinition, ResourceType } from '../../kernel/service.ts';
import type { Functions } from './functions.ts';
import { PropertyReader } from './property-reader.ts';

/** Lambda's own default and limit: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

/** An account's executions at once, and how many of them no function may reserve. Source: "Lambda quotas", "Configuring reserved concurrency". */
const ACCOUNT_CONCURRENCY = 1_000;
const MIN_UNRESERVED_CONCURRENCY = 100;

/** `AWS::Lambda::Function`: Node.js 24 from a bundle. Architecture and log format change nothing on a laptop. */
export function functionResource(functions: Functions): ResourceType {
  const reservations = new Reservations();
  return {
    apply: (resource) => {
      const properties = new PropertyReader(resource, [
        'Architectures',
        'Code',
        'Description',
        'Environment',
        'FunctionName',
        'Handler',
        'LoggingConfig',
        'MemorySize',
        'ReservedConcurrentExecutions',
        'Role',
        'Runtime',
        'Tags',
        'Timeout',
        'TracingConfig',
      ]);
      if (properties.string('Runtime') !== 'nodejs24.x') {
        throw notSupported(`runtime ${properties.string('Runtime')} of ${resource.logicalId}`);
      }
      const code = properties.object('Code');
      const name = properties.optionalString('FunctionName') ?? resource.logicalId;
      const reservedConcurrency = properties.optionalNumber('ReservedConcurrentExecutions');
      reservations.set(name, reservedConcurrency ?? 0);
      const defined = functions.define({
        functionName: name,
        roleArn: properties.string('Role'),
        s3Bucket: String(code.S3Bucket ?? ''),
        s3Key: String(code.S3Key ?? ''),
        handler: exportOf(properties.string('Handler'), resource),
        memoryMb: properties.optionalNumber('MemorySize') ?? DEFAULT_MEMORY_MB,
        timeoutSeconds: properties.optionalNumber('Timeout') ?? DEFAULT_TIMEOUT_SECONDS,
        reservedConcurrency,
        logGroupName: logGroupOf(properties),
        variables: (properties.optionalObject('Environment')?.Variables ?? {}) as Record<string, string>,
      });
      const { functionName, functionArn } = defined.config;
      return { ref: functionName, attributes: { Arn: functionArn } };
    },
  };
}

function logGroupOf(properties: PropertyReader): string | undefined {
  const { LogGroup, ...rest } = properties.optionalObject('LoggingConfig') ?? {};
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw notSupported(`LoggingConfig with ${unknown}`);
  return LogGroup === undefined ? undefined : String(LogGroup);
}

/** What the account's functions have reserved together. */
class Reservations {
  readonly #byFunction = new Map<string, number>();

  set(functionName: string, reserved: number): void {
    this.#byFunction.set(functionName, reserved);
    const total = [...this.#byFunction.values()].reduce((sum, one) => sum + one, 0);
    if (total <= ACCOUNT_CONCURRENCY - MIN_UNRESERVED_CONCURRENCY) return;
    throw new AwsError(
      'InvalidParameterValueException',
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${MIN_UNRESERVED_CONCURRENCY}].`,
    );
  }
}

function exportOf(handler: string, resource: ResourceDefinition): string {
  const [file, name, ...rest] = handler.split('.');
  if (file === 'index' && name && rest.length === 0) return name;
  throw notSupported(`handler ${handler} of ${resource.logicalId}: a bundle is index.js, its handler index.<name>;`);
}
