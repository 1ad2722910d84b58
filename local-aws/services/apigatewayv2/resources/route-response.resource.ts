import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

/** Makes a route two-way: what its function answers goes to the client. */
export function routeResponseResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const routeId = properties.string('RouteId');
      const id = stableId(properties.string('ApiId'), resource.logicalId);
      properties.oneOf('RouteResponseKey', ['$default'], '$default');
      definitions.routeResponses.add(routeId);
      properties.end();
      return { ref: id, attributes: { RouteResponseId: id } };
    },
  };
}
