import { stableId } from '../../../gateway/identifiers.ts';
import { functionArnOf } from '../../../gateway/invocation-uri.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';
import { MAX_INTEGRATION_TIMEOUT_MS, MIN_INTEGRATION_TIMEOUT_MS } from '../limits.ts';

export function integrationResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const apiId = properties.string('ApiId');
      const id = stableId(apiId, resource.logicalId);
      properties.oneOf('IntegrationType', ['AWS_PROXY'], 'AWS_PROXY');
      properties.oneOf('IntegrationMethod', ['POST'], 'POST');
      definitions.integrations.set(id, {
        id,
        apiId,
        functionArn: functionArnOf(properties.string('IntegrationUri')),
        timeoutMs: readTimeout(properties),
      });
      properties.accept('Description');
      properties.end();
      return { ref: id, attributes: { IntegrationId: id } };
    },
  };
}

function readTimeout(properties: ResourceProperties): number {
  const timeoutMs = properties.number('TimeoutInMillis') ?? MAX_INTEGRATION_TIMEOUT_MS;
  if (timeoutMs >= MIN_INTEGRATION_TIMEOUT_MS && timeoutMs <= MAX_INTEGRATION_TIMEOUT_MS) return timeoutMs;
  const range = `${MIN_INTEGRATION_TIMEOUT_MS} ms and ${MAX_INTEGRATION_TIMEOUT_MS} ms`;
  throw new AwsError('BadRequestException', `Timeout should be between ${range}`);
}
