import { stableId } from '../../../gateway/identifiers.ts';
import { ResourceProperties } from '../../../gateway/resource-properties.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Definitions } from '../definitions.ts';

export function modelResource(definitions: Definitions): ResourceType {
  return {
    apply: (resource) => {
      const properties = ResourceProperties.of(resource);
      const apiId = properties.string('RestApiId');
      const name = properties.optionalString('Name') ?? stableId(apiId, resource.logicalId);
      definitions.put(definitions.models, `${apiId}/${name}`, { apiId, name, schema: readSchema(properties) });
      properties.accept('ContentType', 'Description');
      properties.end();
      return { ref: name, attributes: {} };
    },
  };
}

/** A schema comes as an object or as its JSON text. */
function readSchema(properties: ResourceProperties): Readonly<Record<string, unknown>> {
  const value = properties.raw('Schema') ?? {};
  try {
    return (typeof value === 'string' ? JSON.parse(value) : value) as Record<string, unknown>;
  } catch (cause) {
    throw Object.assign(new AwsError('BadRequestException', 'Invalid model schema specified'), { cause });
  }
}
