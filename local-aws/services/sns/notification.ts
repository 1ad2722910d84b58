import type { MessageAttributes } from './message-attributes.ts';
import type { Subscription } from './topics.ts';

/** A message as it was published. */
export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly publishedAtMs: number;
}

/**
 * The document that a subscription without raw delivery gets. Source: sns-message-and-json-formats.html.
 * Differs from AWS: the signature is empty, as there is no certificate to check it with.
 */
export function notificationOf(message: PublishedMessage, { arn }: Subscription): string {
  const { messageId, topicArn, subject, body, attributes, publishedAtMs } = message;
  return JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: body,
    Timestamp: new Date(publishedAtMs).toISOString(),
    SignatureVersion: '1',
    Signature: '',
    SigningCertURL: '',
    UnsubscribeURL: `https://sns.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    ...(Object.keys(attributes).length > 0 ? { MessageAttributes: valuesOf(attributes) } : {}),
  });
}

function valuesOf(attributes: MessageAttributes): Record<string, { Type: string; Value: string | undefined }> {
  const entries = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => {
    return [name, { Type: DataType, Value: StringValue ?? BinaryValue }] as const;
  });
  return Object.fromEntries(entries);
}
