import { stableId } from '../../../gateway/identifiers.ts';
import { functionArnOf } from '../../../gateway/invocation-uri.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

export function authorizerResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const apiId = properties.string('ApiId');
      const id = stableId(apiId, resource.logicalId);
      properties.oneOf('AuthorizerType', ['REQUEST'], 'REQUEST');
      definitions.authorizers.set(id, {
        id,
        apiId,
        functionArn: functionArnOf(properties.string('AuthorizerUri')),
        identitySources: properties.strings('IdentitySource'),
      });
      properties.accept('Name');
      properties.end();
      return { ref: id, attributes: { AuthorizerId: id } };
    },
  };
}
