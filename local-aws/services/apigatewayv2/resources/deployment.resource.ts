import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import type { ResourceType } from '../../../kernel/service.ts';

/** A deployment is a snapshot of the API. The template is applied whole, so the snapshot is always what it declares. */
export function deploymentResource(): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const id = stableId(properties.string('ApiId'), resource.logicalId);
      properties.accept('Description');
      properties.end();
      return { ref: id, attributes: { DeploymentId: id } };
    },
  };
}
