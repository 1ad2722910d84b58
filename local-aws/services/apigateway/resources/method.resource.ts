import { functionArnOf } from '../../../gateway/invocation-uri.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import { AwsError, notSupported } from '../../../kernel/aws-error.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

/** Quota of REST APIs: an integration answers within 50 ms to 29 s. */
const MIN_INTEGRATION_TIMEOUT_MS = 50;
const MAX_INTEGRATION_TIMEOUT_MS = 29_000;

export function methodResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const apiId = properties.string('RestApiId');
      const resourceId = properties.string('ResourceId');
      const httpMethod = properties.string('HttpMethod').toUpperCase();
      const authorization = properties.oneOf('AuthorizationType', ['NONE', 'CUSTOM'], 'NONE');
      const authorizerId = properties.optionalString('AuthorizerId');
      if (authorization === 'CUSTOM' && !authorizerId) {
        throw new AwsError('BadRequestException', 'Invalid authorizer ID specified.');
      }
      const id = `${resourceId}-${httpMethod}`;
      definitions.put(definitions.methods, id, {
        apiId,
        resourceId,
        httpMethod,
        authorizerId: authorization === 'CUSTOM' ? authorizerId : undefined,
        apiKeyRequired: properties.flag('ApiKeyRequired'),
        validatorId: properties.optionalString('RequestValidatorId'),
        requestModels: properties.stringMap('RequestModels'),
        requestParameters: properties.flagMap('RequestParameters'),
        ...readIntegration(properties.object('Integration')),
      });
      // With a proxy integration the function's answer is the method's; these only document it.
      properties.accept('MethodResponses', 'OperationName');
      properties.end();
      return { ref: id, attributes: {} };
    },
  };
}

function readIntegration(integration: ResourceProperties | undefined): { functionArn: string; timeoutMs: number } {
  if (!integration) throw notSupported('a method without Integration');
  integration.oneOf('Type', ['AWS_PROXY'], 'AWS_PROXY');
  if (integration.string('IntegrationHttpMethod') !== 'POST') {
    throw new AwsError('BadRequestException', 'Lambda is invoked by POST: IntegrationHttpMethod must be POST');
  }
  const timeoutMs = integration.number('TimeoutInMillis') ?? MAX_INTEGRATION_TIMEOUT_MS;
  if (timeoutMs < MIN_INTEGRATION_TIMEOUT_MS || timeoutMs > MAX_INTEGRATION_TIMEOUT_MS) {
    throw new AwsError('BadRequestException', 'Timeout should be between 50 ms and 29000 ms');
  }
  // AWS ignores these with a proxy integration.
  integration.accept('IntegrationResponses', 'PassthroughBehavior');
  return { functionArn: functionArnOf(integration.string('Uri')), timeoutMs };
}
