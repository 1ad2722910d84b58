import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';
import type { Keys } from './keys.ts';
import { invalid } from './kms-error.ts';

/** Source: KMS API reference, CreateAlias; `alias/aws/` is AWS's own. */
const NAME = /^alias\/(?!aws\/)[\w/-]{1,250}$/;

/** `AWS::KMS::Alias`. */
export function aliasResource(keys: Keys): ResourceType {
  return {
    apply: ({ type, properties }) => {
      refuseUnknownProperties(type, properties, ['AliasName', 'TargetKeyId']);
      const name = String(properties.AliasName);
      if (!NAME.test(name)) throw invalid(`AliasName ${name} is not valid`);
      keys.store.putAlias(name, keys.find(properties.TargetKeyId).keyId);
      return { ref: name, attributes: {} };
    },
  };
}
