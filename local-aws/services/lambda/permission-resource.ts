import type { ResourceType } from '../../kernel/service.ts';
import type { Functions } from './functions.ts';
import type { Permissions } from './permissions.ts';
import { PropertyReader } from './property-reader.ts';

const KNOWN = ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'];

/** `AWS::Lambda::Permission`: which service may invoke a function. The function must exist. */
export function permissionResource(functions: Functions, permissions: Permissions): ResourceType {
  return {
    apply: (resource) => {
      const properties = new PropertyReader(resource, KNOWN);
      const { functionArn } = functions.get(properties.string('FunctionName')).config;
      permissions.put(functionArn, {
        id: resource.logicalId,
        action: properties.string('Action'),
        principal: properties.string('Principal'),
        sourceArn: properties.optionalString('SourceArn'),
        sourceAccount: properties.optionalString('SourceAccount'),
      });
      return { ref: resource.logicalId, attributes: {} };
    },
  };
}
