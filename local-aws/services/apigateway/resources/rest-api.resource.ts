import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import { notSupported } from '../../../kernel/aws-error.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

export function restApiResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const id = stableId(resource.logicalId);
      const rootResourceId = stableId(id, 'root');
      definitions.put(definitions.restApis, id, {
        id,
        rootResourceId,
        name: properties.string('Name'),
        keySource: properties.oneOf('ApiKeySourceType', ['HEADER', 'AUTHORIZER'], 'HEADER'),
        binaryMediaTypes: properties.strings('BinaryMediaTypes').map(mediaTypeOf),
      });
      if (properties.flag('DisableExecuteApiEndpoint')) throw notSupported('DisableExecuteApiEndpoint of a RestApi');
      // One listener stands for every kind of endpoint.
      properties.accept('Description', 'EndpointConfiguration', 'FailOnWarnings', 'Tags');
      properties.end();
      return { ref: id, attributes: { RestApiId: id, RootResourceId: rootResourceId } };
    },
  };
}

/** Templates may write `image~1png` for `image/png`, as the patch operations of API Gateway do. */
function mediaTypeOf(text: string): string {
  return text.replaceAll('~1', '/').toLowerCase();
}
