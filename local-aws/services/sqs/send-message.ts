import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { Principal } from '../../kernel/principal.ts';
import type { Operation } from '../../kernel/service.ts';
import { checkBatch, runBatch } from './batch.ts';
import { MAX_DELAY_SECONDS, MAX_MESSAGE_BYTES } from './limits.ts';
import { type MessageAttributes, md5OfMessageAttributes } from './message-attributes.ts';
import { contentOf, type MessageContent } from './message-content.ts';
import type { NewMessage } from './message-store.ts';
import type { Queue } from './queues.ts';
import type { SqsContext } from './sqs-context.ts';
import { invalidParameter, wholeNumber } from './sqs-error.ts';

/** The members of SendMessage and of an entry of SendMessageBatch. */
interface OutgoingMessage {
  readonly MessageBody?: unknown;
  readonly DelaySeconds?: unknown;
  readonly MessageAttributes?: MessageAttributes;
  readonly MessageSystemAttributes?: MessageAttributes;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

interface Sent {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
}

export function sendMessage(context: SqsContext): Operation {
  return (input: OutgoingMessage & { QueueUrl?: string }, { principal }): Sent => {
    return sendTo(context, context.queues.ofUrl(input.QueueUrl), input, principal);
  };
}

/** Checks, keeps and announces one message. */
function sendTo(context: SqsContext, queue: Queue, outgoing: OutgoingMessage, principal: Principal): Sent {
  const message = compose(
    context,
    queue,
    contentOf(outgoing.MessageBody, outgoing.MessageAttributes),
    outgoing,
    principal,
  );
  keep(context, queue, message);
  return answerTo(outgoing, message);
}

/** Sends to one more queue what has been checked. */
export function sendContentTo(context: SqsContext, queue: Queue, content: MessageContent, principal: Principal): void {
  keep(context, queue, compose(context, queue, content, {}, principal));
}

function keep({ messages, arrivals }: SqsContext, queue: Queue, message: NewMessage): void {
  messages.insert(queue.id, message);
  arrivals.visibleFrom(queue, message.visibleAtMs);
}

export function sendMessageBatch(context: SqsContext): Operation {
  return (input: { QueueUrl?: string; Entries?: (OutgoingMessage & { Id?: string })[] }, { principal }) => {
    const queue = context.queues.ofUrl(input.QueueUrl);
    const entries = checkBatch(input.Entries, 'SendMessageBatchRequestEntry');
    checkBatchSize(entries);
    const visibleAtMs = new Set<number>();
    const result = runBatch(entries, (entry) => {
      const content = contentOf(entry.MessageBody, entry.MessageAttributes);
      const message = compose(context, queue, content, entry, principal);
      context.messages.insert(queue.id, message);
      visibleAtMs.add(message.visibleAtMs);
      return answerTo(entry, message);
    });
    for (const atMs of visibleAtMs) context.arrivals.visibleFrom(queue, atMs);
    return result;
  };
}

/** @throws AwsError */
function compose(
  { kernel }: SqsContext,
  queue: Queue,
  content: MessageContent,
  outgoing: OutgoingMessage,
  principal: Principal,
): NewMessage {
  checkOutgoing(queue, content, outgoing);
  const nowMs = kernel.clock.nowMs();
  const bounds = { min: 0, max: MAX_DELAY_SECONDS };
  const delaySeconds = wholeNumber(outgoing.DelaySeconds, 'DelaySeconds', bounds, queue.settings.delaySeconds);
  return {
    messageId: kernel.random.uuid(),
    body: content.body,
    bodyMd5: content.bodyMd5,
    attributes: content.attributes,
    attributesMd5: content.attributesMd5,
    traceHeader: outgoing.MessageSystemAttributes?.AWSTraceHeader?.StringValue ?? null,
    groupId: outgoing.MessageGroupId ?? null,
    senderId: senderIdOf(principal, kernel.accountId),
    sentAtMs: nowMs,
    visibleAtMs: nowMs + delaySeconds * 1000,
  };
}

function answerTo({ MessageSystemAttributes: system = {} }: OutgoingMessage, message: NewMessage): Sent {
  const hasSystem = Object.keys(system).length > 0;
  return {
    MessageId: message.messageId,
    MD5OfMessageBody: message.bodyMd5,
    ...(message.attributesMd5 ? { MD5OfMessageAttributes: message.attributesMd5 } : {}),
    ...(hasSystem ? { MD5OfMessageSystemAttributes: md5OfMessageAttributes(system) } : {}),
  };
}

function checkOutgoing(queue: Queue, { sizeBytes }: MessageContent, outgoing: OutgoingMessage): void {
  if (outgoing.MessageDeduplicationId !== undefined) throw notSupported('MessageDeduplicationId (FIFO queues)');
  for (const name of Object.keys(outgoing.MessageSystemAttributes ?? {})) {
    if (name !== 'AWSTraceHeader') throw invalidParameter(`Message system attribute name '${name}' is invalid.`);
  }
  const limitBytes = queue.settings.maximumMessageBytes;
  if (sizeBytes > limitBytes) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${limitBytes} bytes.`,
    );
  }
}

function checkBatchSize(entries: readonly OutgoingMessage[]): void {
  let bytes = 0;
  for (const { MessageBody: body, MessageAttributes: attributes = {} } of entries) {
    if (typeof body === 'string') bytes += Buffer.byteLength(body);
    for (const [name, { DataType = '', StringValue = '', BinaryValue = '' }] of Object.entries(attributes)) {
      bytes += Buffer.byteLength(name) + Buffer.byteLength(DataType);
      bytes += Buffer.byteLength(StringValue) + Buffer.byteLength(BinaryValue, 'base64');
    }
  }
  if (bytes <= MAX_MESSAGE_BYTES) return;
  const message = `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes. You have sent ${bytes} bytes.`;
  throw new AwsError('BatchRequestTooLong', message);
}

/** Differs from AWS: there it is the unique id of the user or role. */
function senderIdOf(principal: Principal, accountId: string): string {
  switch (principal.kind) {
    case 'administrator':
      return accountId;
    case 'function':
      return principal.functionName;
    case 'service':
      return principal.service;
  }
}
