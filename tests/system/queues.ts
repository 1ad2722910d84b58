import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';

export async function queueUrl(sqs: SQSClient, QueueName: string): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  return QueueUrl;
}

export async function queueArn(sqs: SQSClient, queueName: string): Promise<string> {
  return (await attributesOf(sqs, queueName)).QueueArn ?? '';
}

/** Messages in a queue, whether they may be received now, later, or are being worked on. */
export async function depthOf(sqs: SQSClient, queueName: string): Promise<number> {
  const attributes = await attributesOf(sqs, queueName);
  return (
    Number(attributes.ApproximateNumberOfMessages) +
    Number(attributes.ApproximateNumberOfMessagesNotVisible) +
    Number(attributes.ApproximateNumberOfMessagesDelayed)
  );
}

async function attributesOf(sqs: SQSClient, queueName: string): Promise<Readonly<Record<string, string>>> {
  const QueueUrl = await queueUrl(sqs, queueName);
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Attributes;
}
