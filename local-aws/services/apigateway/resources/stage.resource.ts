import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import { readThrottle } from '../../../gateway/throttle-properties.ts';
import type { ThrottleLimits } from '../../../gateway/token-bucket.ts';
import { notSupported } from '../../../kernel/aws-error.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

export function stageResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const apiId = properties.string('RestApiId');
      const name = properties.string('StageName');
      if (properties.flag('CacheClusterEnabled')) throw notSupported('CacheClusterEnabled of a Stage');
      definitions.put(definitions.stages, `${apiId}/${name}`, {
        apiId,
        name,
        variables: properties.stringMap('Variables'),
        tracing: properties.flag('TracingEnabled'),
        accessLogFormat: readAccessLogFormat(properties.object('AccessLogSetting')),
        throttles: readMethodSettings(properties.objects('MethodSettings')),
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

function readMethodSettings(settings: readonly ResourceProperties[]): ReadonlyMap<string, ThrottleLimits> {
  const throttles = new Map<string, ThrottleLimits>();
  for (const setting of settings) {
    if (setting.flag('CachingEnabled')) throw notSupported('CachingEnabled of MethodSettings');
    if (setting.flag('DataTraceEnabled')) throw notSupported('DataTraceEnabled of MethodSettings');
    // Differs from AWS: execution errors are logged at every level, and there are no metrics of a single method.
    setting.accept('LoggingLevel', 'MetricsEnabled');
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
