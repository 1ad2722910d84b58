import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import { AwsError, notSupported } from '../../../kernel/aws-error.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

const TARGET = /^integrations\/([0-9a-z]+)$/;

export function routeResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const apiId = properties.string('ApiId');
      const id = stableId(apiId, resource.logicalId);
      const key = properties.string('RouteKey');
      if (properties.flag('ApiKeyRequired')) throw notSupported('ApiKeyRequired of a Route');
      definitions.routes.set(id, {
        id,
        apiId,
        key,
        integrationId: readTarget(properties),
        authorizerId: readAuthorizer(properties, key),
        selectsResponse: properties.optionalString('RouteResponseSelectionExpression') === '$default',
      });
      properties.accept('OperationName');
      properties.end();
      return { ref: id, attributes: { RouteId: id } };
    },
  };
}

function readTarget(properties: ResourceProperties): string {
  const target = properties.string('Target');
  const integrationId = TARGET.exec(target)?.[1];
  if (integrationId === undefined) throw notSupported(`Target ${target} of a Route`);
  return integrationId;
}

function readAuthorizer(properties: ResourceProperties, key: string): string | undefined {
  const type = properties.oneOf('AuthorizationType', ['NONE', 'CUSTOM'], 'NONE');
  const authorizerId = properties.optionalString('AuthorizerId');
  if (type === 'NONE') return undefined;
  if (key !== '$connect') {
    throw new AwsError('BadRequestException', 'Currently, authorization is restricted to the $connect route only');
  }
  if (authorizerId === undefined) throw new AwsError('BadRequestException', 'AuthorizerId is required for CUSTOM');
  return authorizerId;
}
