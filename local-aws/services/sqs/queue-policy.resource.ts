import { compileStatements } from '../../kernel/authorization/statement.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';
import type { SqsContext } from './sqs-context.ts';

/** AWS::SQS::QueuePolicy: kept as the queue's `Policy` attribute. */
export function queuePolicyResource({ queues }: SqsContext): ResourceType {
  return {
    apply: ({ logicalId, properties }) => {
      const { PolicyDocument, Queues: urls, ...unknown } = properties;
      refuseUnknownProperties('AWS::SQS::QueuePolicy', unknown);
      if (typeof PolicyDocument !== 'object' || !Array.isArray(urls) || urls.length === 0) {
        throw new AwsError('ValidationError', `${logicalId} needs PolicyDocument and Queues`);
      }
      compileStatements(PolicyDocument, 'resource');
      for (const url of urls) {
        const queue = queues.ofUrl(url);
        queues.replaceAttributes(queue, { ...queue.attributes, Policy: JSON.stringify(PolicyDocument) });
      }
      return { ref: logicalId, attributes: { Id: logicalId } };
    },
  };
}
