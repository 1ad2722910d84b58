import { stableId } from '../../../gateway/identifiers.ts';
import { functionArnOf } from '../../../gateway/invocation-uri.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

/** API reference, `authorizerResultTtlInSeconds`: default 300, at most 3,600; 0 turns caching off. */
const DEFAULT_RESULT_TTL_S = 300;
const MAX_RESULT_TTL_S = 3600;

export function authorizerResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const apiId = properties.string('RestApiId');
      const id = stableId(apiId, resource.logicalId);
      const type = properties.oneOf('Type', ['TOKEN', 'REQUEST'], 'TOKEN');
      const identitySources = splitSources(properties.optionalString('IdentitySource'));
      const resultTtlMs = readTtlMs(properties);
      if (identitySources.length === 0 && (type === 'TOKEN' || resultTtlMs > 0)) {
        throw new AwsError('BadRequestException', 'Identity source is required unless caching is disabled.');
      }
      definitions.put(definitions.authorizers, id, {
        id,
        apiId,
        type,
        functionArn: functionArnOf(properties.string('AuthorizerUri')),
        identitySources,
        validationExpression: properties.optionalString('IdentityValidationExpression'),
        resultTtlMs,
      });
      properties.accept('Name', 'AuthType');
      properties.end();
      return { ref: id, attributes: { AuthorizerId: id } };
    },
  };
}

function readTtlMs(properties: ResourceProperties): number {
  const seconds = properties.number('AuthorizerResultTtlInSeconds') ?? DEFAULT_RESULT_TTL_S;
  if (seconds >= 0 && seconds <= MAX_RESULT_TTL_S) return seconds * 1000;
  throw new AwsError('BadRequestException', `Authorizer result TTL must be between 0 and ${MAX_RESULT_TTL_S} seconds`);
}

function splitSources(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(',').map((source) => source.trim());
}
