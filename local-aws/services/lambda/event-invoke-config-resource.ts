import type { ResourceType } from '../../kernel/service.ts';
import type { AsyncInvocations, AsyncPolicy } from './async-invocations.ts';
import type { Functions } from './functions.ts';
import { PropertyReader } from './property-reader.ts';

/** `AWS::Lambda::EventInvokeConfig`: retries, age and failure destination of asynchronous invocations. */
export function eventInvokeConfigResource(functions: Functions, asynchronous: AsyncInvocations): ResourceType {
  return {
    apply: (resource) => {
      const properties = new PropertyReader(resource, [
        'DestinationConfig',
        'FunctionName',
        'MaximumEventAgeInSeconds',
        'MaximumRetryAttempts',
        'Qualifier',
      ]);
      const { config } = functions.get(properties.string('FunctionName'));
      const destinations = properties.optionalObject('DestinationConfig') as
        | { OnFailure?: { Destination?: string } }
        | undefined;
      const policy: { -readonly [Name in keyof AsyncPolicy]?: AsyncPolicy[Name] } = {};
      const maxRetries = properties.optionalNumber('MaximumRetryAttempts');
      const maxAgeSeconds = properties.optionalNumber('MaximumEventAgeInSeconds');
      if (maxRetries !== undefined) policy.maxRetries = maxRetries;
      if (maxAgeSeconds !== undefined) policy.maxAgeSeconds = maxAgeSeconds;
      if (destinations?.OnFailure?.Destination) policy.onFailureArn = destinations.OnFailure.Destination;
      asynchronous.setPolicy(config.functionName, policy);
      return { ref: `${config.functionName}|$LATEST`, attributes: {} };
    },
  };
}
