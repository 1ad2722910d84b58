import { notSupported } from '../../kernel/aws-error.ts';
import type { ResourceDefinition, ResourceType } from '../../kernel/service.ts';
import type { Functions } from './functions.ts';
import { PropertyReader } from './property-reader.ts';

/** Lambda's own default and limit: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

/** `AWS::Lambda::Function`: Node.js 24 from a bundle. Architecture and log format change nothing on a laptop. */
export function functionResource(functions: Functions): ResourceType {
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
      const defined = functions.define({
        functionName: properties.optionalString('FunctionName') ?? resource.logicalId,
        roleArn: properties.string('Role'),
        s3Bucket: String(code.S3Bucket ?? ''),
        s3Key: String(code.S3Key ?? ''),
        handler: exportOf(properties.string('Handler'), resource),
        memoryMb: properties.optionalNumber('MemorySize') ?? DEFAULT_MEMORY_MB,
        timeoutSeconds: properties.optionalNumber('Timeout') ?? DEFAULT_TIMEOUT_SECONDS,
        reservedConcurrency: properties.optionalNumber('ReservedConcurrentExecutions'),
        variables: (properties.optionalObject('Environment')?.Variables ?? {}) as Record<string, string>,
      });
      const { functionName, functionArn } = defined.config;
      return { ref: functionName, attributes: { Arn: functionArn } };
    },
  };
}

function exportOf(handler: string, resource: ResourceDefinition): string {
  const [file, name, ...rest] = handler.split('.');
  if (file === 'index' && name && rest.length === 0) return name;
  throw notSupported(`handler ${handler} of ${resource.logicalId}: a bundle is index.js, its handler index.<name>;`);
}
