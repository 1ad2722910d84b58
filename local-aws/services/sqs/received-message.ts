import { chosenAttributes, type MessageAttributes, md5OfMessageAttributes } from './message-attributes.ts';
import type { StoredMessage } from './message-store.ts';
import type { Queue } from './queues.ts';
import { receiptHandleOf } from './receipt-handle.ts';

/** Which attributes a receiver asked for; `AttributeNames` is the older name of the system ones. */
interface Wanted {
  readonly AttributeNames?: readonly string[];
  readonly MessageSystemAttributeNames?: readonly string[];
  readonly MessageAttributeNames?: readonly string[];
}

export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly MD5OfBody: string;
  readonly Body: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MD5OfMessageAttributes?: string;
  readonly MessageAttributes?: MessageAttributes;
}

export function receivedMessage(queue: Queue, message: StoredMessage, wanted: Wanted): ReceivedMessage {
  const { messageId, sequence, receiveCount } = message;
  return {
    MessageId: messageId,
    ReceiptHandle: receiptHandleOf({ queueId: queue.id, sequence, receiveCount, messageId }),
    MD5OfBody: message.bodyMd5,
    Body: message.body,
    ...systemAttributes(message, wanted.MessageSystemAttributeNames ?? wanted.AttributeNames ?? []),
    ...messageAttributes(message, wanted.MessageAttributeNames ?? []),
  };
}

function systemAttributes(message: StoredMessage, names: readonly string[]): Pick<ReceivedMessage, 'Attributes'> {
  if (names.length === 0) return {};
  const isAll = names.includes('All');
  const attributes: Record<string, string> = {};
  for (const { name, of } of SYSTEM_ATTRIBUTES) {
    if (!isAll && !names.includes(name)) continue;
    const value = of(message);
    if (value !== null) attributes[name] = String(value);
  }
  return { Attributes: attributes };
}

const SYSTEM_ATTRIBUTES: readonly { name: string; of: (message: StoredMessage) => string | number | null }[] = [
  { name: 'SenderId', of: ({ senderId }) => senderId },
  { name: 'SentTimestamp', of: ({ sentAtMs }) => sentAtMs },
  { name: 'ApproximateReceiveCount', of: ({ receiveCount }) => receiveCount },
  { name: 'ApproximateFirstReceiveTimestamp', of: ({ firstReceivedAtMs }) => firstReceivedAtMs },
  { name: 'AWSTraceHeader', of: ({ traceHeader }) => traceHeader },
  { name: 'MessageGroupId', of: ({ groupId }) => groupId },
  { name: 'DeadLetterQueueSourceArn', of: ({ deadLetterSourceArn }) => deadLetterSourceArn },
];

function messageAttributes(
  { attributes, attributesMd5 }: StoredMessage,
  names: readonly string[],
): Pick<ReceivedMessage, 'MessageAttributes' | 'MD5OfMessageAttributes'> {
  if (attributes === null || attributesMd5 === null || names.length === 0) return {};
  const all = JSON.parse(attributes) as MessageAttributes;
  const chosen = chosenAttributes(all, names);
  if (Object.keys(chosen).length === 0) return {};
  return {
    MessageAttributes: chosen,
    MD5OfMessageAttributes: chosen === all ? attributesMd5 : md5OfMessageAttributes(chosen),
  };
}
