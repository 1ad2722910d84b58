import type { ResourceType } from '../../kernel/service.ts';
import type { Functions } from './functions.ts';
import { PropertyReader } from './property-reader.ts';

/** `AWS::Lambda::Permission`: which service may invoke a function. The function must exist. */
export function permissionResource(functions: Functions): ResourceType {
  return {
    apply: (resource) => {
      const properties = new PropertyReader(resource, [
        'Action',
        'FunctionName',
        'Principal',
        'SourceAccount',
        'SourceArn',
      ]);
      functions.get(properties.string('FunctionName'));
      return { ref: resource.logicalId, attributes: {} };
    },
  };
}
