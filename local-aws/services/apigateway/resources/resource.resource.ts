import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

/** `orders`, `{id}` or `{proxy+}`; API Gateway's own pattern. */
const PATH_PART = /^(?:[a-zA-Z0-9._\-:$]+|\{[a-zA-Z0-9._\-:$]+\+?\})$/;

export function resourceResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const pathPart = properties.string('PathPart');
      if (!PATH_PART.test(pathPart)) {
        const message = `Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end: ${pathPart}`;
        throw new AwsError('BadRequestException', message);
      }
      const apiId = properties.string('RestApiId');
      const id = stableId(apiId, resource.logicalId);
      const parentId = properties.string('ParentId');
      definitions.put(definitions.resources, id, { id, apiId, parentId, pathPart });
      properties.end();
      return { ref: id, attributes: { ResourceId: id } };
    },
  };
}
