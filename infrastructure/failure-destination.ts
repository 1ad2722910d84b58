import type { IEventSourceDlq } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { ServiceFunction } from './service-function.ts';

/**
 * Where Lambda puts what a stream's function could not take. It sends by the function's role, which needs no other right to the queue,
 * while the construct library would let it look at the queue too.
 */
export function failuresTo({ queueArn }: IQueue): IEventSourceDlq {
  return {
    bind(_mapping, worker) {
      (worker as ServiceFunction).allow(['sqs:SendMessage'], queueArn);
      return { destination: queueArn };
    },
  };
}
