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
  const all: Record<string, string | null> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAtMs),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
    AWSTraceHeader: message.traceHeader,
    MessageGroupId: message.groupId,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  };
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (value !== null && (names.includes('All') || names.includes(name))) attributes[name] = value;
  }
  return { Attributes: attributes };
}

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
