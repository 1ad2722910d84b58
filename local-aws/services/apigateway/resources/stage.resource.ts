import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import { readThrottle } from '../../../gateway/throttle-properties.ts';
import type { ThrottleLimits } from '../../../gateway/token-bucket.ts';
import { AwsError, notSupported } from '../../../kernel/aws-error.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

export function stageResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const apiId = properties.string('RestApiId');
      const name = properties.string('StageName');
      if (properties.flag('CacheClusterEnabled')) throw notSupported('CacheClusterEnabled of a Stage');
      const accessLogFormat = readAccessLogFormat(properties.object('AccessLogSetting'));
      const methods = properties.objects('MethodSettings');
      if (methods.map(isLogged).includes(true) || accessLogFormat !== undefined) requireLoggingRole(definitions);
      definitions.put(definitions.stages, `${apiId}/${name}`, {
        apiId,
        name,
        variables: properties.stringMap('Variables'),
        tracing: properties.flag('TracingEnabled'),
        accessLogFormat,
        throttles: readMethodSettings(methods),
      });
      properties.accept('DeploymentId', 'Description', 'Tags');
      properties.end();
      return { ref: name, attributes: {} };
    },
  };
}

/** Differs from AWS: the log goes to the stack's own log, whatever the destination. */
function readAccessLogFormat(setting: ResourceProperties | undefined): string | undefined {
  setting?.accept('DestinationArn');
  return setting?.optionalString('Format');
}

function isLogged(setting: ResourceProperties): boolean {
  return (setting.optionalString('LoggingLevel') ?? 'OFF') !== 'OFF';
}

/** A stage that logs needs the account's role before it. Source: API Gateway developer guide, "Permissions for CloudWatch logging". */
function requireLoggingRole({ loggingRoleArn }: Definitions): void {
  if (loggingRoleArn !== undefined) return;
  const message = 'CloudWatch Logs role ARN must be set in account settings to enable logging';
  throw new AwsError('BadRequestException', message);
}

function readMethodSettings(settings: readonly ResourceProperties[]): ReadonlyMap<string, ThrottleLimits> {
  const throttles = new Map<string, ThrottleLimits>();
  for (const setting of settings) {
    if (setting.flag('CachingEnabled')) throw notSupported('CachingEnabled of MethodSettings');
    if (setting.flag('DataTraceEnabled')) throw notSupported('DataTraceEnabled of MethodSettings');
    // Differs from AWS: execution errors are logged at every level, and there are no metrics of a single method.
    setting.accept('MetricsEnabled');
    const key = methodKeyOf(setting.string('HttpMethod'), setting.string('ResourcePath'));
    const limits = readThrottle(setting, 'ThrottlingRateLimit', 'ThrottlingBurstLimit');
    if (limits) throttles.set(key, limits);
  }
  return throttles;
}

/** `/~1orders~1{id}` and `GET` are `GET /orders/{id}`; `/*` and `*` stand for all methods. */
function methodKeyOf(httpMethod: string, resourcePath: string): string {
  if (httpMethod === '*' && resourcePath === '/*') return '*';
  if (httpMethod === '*' || resourcePath.includes('*'))
    throw notSupported(`MethodSettings of ${resourcePath}/${httpMethod}`);
  const path = resourcePath.replaceAll('~1', '/').replace(/^\/\//, '/');
  return `${httpMethod} ${path}`;
}
