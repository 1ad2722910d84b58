import { AwsError } from '../../kernel/aws-error.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';
import type { Consumers } from './stream-consumers.ts';
import { STREAM_NAME, type Streams } from './streams.ts';

/** `AWS::Kinesis::StreamConsumer`: its ARN is an event source, with enhanced fan-out. */
export function streamConsumerResource(streams: Streams, consumers: Consumers): ResourceType {
  return {
    apply: ({ type, properties }) => {
      const { ConsumerName, StreamARN, Tags: _tags, ...rest } = properties;
      refuseUnknownProperties(type, rest);
      const name = String(ConsumerName);
      if (!STREAM_NAME.test(name)) throw new AwsError('InvalidArgumentException', `ConsumerName ${name} is not valid`);
      const stream = streams.get({ StreamARN: String(StreamARN) });
      const { arn, streamArn, createdMs } = consumers.register(stream.arn, name);
      return {
        ref: arn,
        attributes: {
          ConsumerARN: arn,
          ConsumerName: name,
          StreamARN: streamArn,
          ConsumerCreationTimestamp: String(Math.floor(createdMs / 1000)),
          ConsumerStatus: 'ACTIVE',
        },
      };
    },
  };
}
