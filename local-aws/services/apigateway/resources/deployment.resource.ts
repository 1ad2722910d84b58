import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

/**
 * A deployment is a snapshot of the API. The template is applied whole, so the snapshot is always what it declares.
 *
 * Differs from AWS: a method that no deployment depends on is served as well.
 */
export function deploymentResource(): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const id = stableId(properties.string('RestApiId'), resource.logicalId);
      properties.accept('Description');
      properties.end();
      return { ref: id, attributes: { DeploymentId: id } };
    },
  };
}

/** The account's settings: only the role by which API Gateway writes logs, without which it takes no stage that has any. */
export function accountResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      definitions.loggingRoleArn = properties.optionalString('CloudWatchRoleArn');
      properties.end();
      return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
    },
  };
}
