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
      const apiId = properties.string('ApiId');
      const name = properties.string('StageName');
      const throttle = readRouteSettings(properties.object('DefaultRouteSettings'));
      const accessLogFormat = readAccessLogFormat(properties.object('AccessLogSettings'));
      definitions.stages.set(`${apiId}/${name}`, { apiId, name, throttle, accessLogFormat });
      // The template is applied whole: with or without AutoDeploy the stage serves all that it declares.
      properties.accept('AutoDeploy', 'DeploymentId', 'Description', 'Tags');
      properties.end();
      return { ref: name, attributes: {} };
    },
  };
}

/** Differs from AWS: the log goes to the stack's own log, whatever the destination. */
function readAccessLogFormat(settings: ResourceProperties | undefined): string | undefined {
  settings?.accept('DestinationArn');
  return settings?.optionalString('Format');
}

function readRouteSettings(settings: ResourceProperties | undefined): ThrottleLimits | undefined {
  if (settings?.flag('DataTraceEnabled')) throw notSupported('DataTraceEnabled of DefaultRouteSettings');
  // Differs from AWS: execution errors are logged at every level, and there are no metrics of a single route.
  settings?.accept('LoggingLevel', 'DetailedMetricsEnabled');
  return settings && readThrottle(settings, 'ThrottlingRateLimit', 'ThrottlingBurstLimit');
}
