import { hash } from 'node:crypto';
import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { Principal } from '../../kernel/principal.ts';
import type { Operation } from '../../kernel/service.ts';
import { checkBatch, runBatch } from './batch.ts';
import { MAX_DELAY_SECONDS, MAX_MESSAGE_BYTES } from './limits.ts';
import { checkMessageAttributes, type MessageAttributes, md5OfMessageAttributes } from './message-attributes.ts';
import type { NewMessage } from './message-store.ts';
import type { Queue } from './queues.ts';
import type { SqsContext } from './sqs-context.ts';
import { invalidParameter, missingParameter, wholeNumber } from './sqs-error.ts';

/** The members of SendMessage and of an entry of SendMessageBatch. */
export interface OutgoingMessage {
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
export function sendTo(context: SqsContext, queue: Queue, outgoing: OutgoingMessage, principal: Principal): Sent {
  const { message, sent } = compose(context, queue, outgoing, principal);
  context.messages.insert(queue.id, message);
  context.arrivals.visibleFrom(queue, message.visibleAtMs);
  return sent;
}

export function sendMessageBatch(context: SqsContext): Operation {
  return (input: { QueueUrl?: string; Entries?: (OutgoingMessage & { Id?: string })[] }, { principal }) => {
    const queue = context.queues.ofUrl(input.QueueUrl);
    const entries = checkBatch(input.Entries, 'SendMessageBatchRequestEntry');
    checkBatchSize(entries);
    const visibleAtMs = new Set<number>();
    const result = runBatch(entries, (entry) => {
      const { message, sent } = compose(context, queue, entry, principal);
      context.messages.insert(queue.id, message);
      visibleAtMs.add(message.visibleAtMs);
      return sent;
    });
    for (const atMs of visibleAtMs) context.arrivals.visibleFrom(queue, atMs);
    return result;
  };
}

function compose(
  { kernel }: SqsContext,
  queue: Queue,
  outgoing: OutgoingMessage,
  principal: Principal,
): { message: NewMessage; sent: Sent } {
  const body = checkMessage(queue, outgoing);
  const nowMs = kernel.clock.nowMs();
  const bounds = { min: 0, max: MAX_DELAY_SECONDS };
  const delaySeconds = wholeNumber(outgoing.DelaySeconds, 'DelaySeconds', bounds, queue.settings.delaySeconds);
  const attributes = present(outgoing.MessageAttributes);
  const system = present(outgoing.MessageSystemAttributes);
  const message: NewMessage = {
    messageId: kernel.random.uuid(),
    body,
    bodyMd5: hash('md5', body),
    attributes: attributes ? JSON.stringify(attributes) : null,
    attributesMd5: attributes ? md5OfMessageAttributes(attributes) : null,
    traceHeader: system?.AWSTraceHeader?.StringValue ?? null,
    groupId: outgoing.MessageGroupId ?? null,
    senderId: senderIdOf(principal, kernel.accountId),
    sentAtMs: nowMs,
    visibleAtMs: nowMs + delaySeconds * 1000,
  };
  const sent: Sent = {
    MessageId: message.messageId,
    MD5OfMessageBody: message.bodyMd5,
    ...(message.attributesMd5 ? { MD5OfMessageAttributes: message.attributesMd5 } : {}),
    ...(system ? { MD5OfMessageSystemAttributes: md5OfMessageAttributes(system) } : {}),
  };
  return { message, sent };
}

/** XML's characters without the rest of the control ones, as SQS has it; unpaired surrogates are refused too. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters SQS refuses
const REFUSED_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

function checkMessage(queue: Queue, outgoing: OutgoingMessage): string {
  const { MessageBody: body, MessageAttributes: attributes = {}, MessageSystemAttributes: system = {} } = outgoing;
  if (typeof body !== 'string' || body === '') throw missingParameter('MessageBody');
  if (outgoing.MessageDeduplicationId !== undefined) throw notSupported('MessageDeduplicationId (FIFO queues)');
  if (REFUSED_CHARACTERS.test(body) || !body.isWellFormed()) {
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
  }
  for (const name of Object.keys(system)) {
    if (name !== 'AWSTraceHeader') throw invalidParameter(`Message system attribute name '${name}' is invalid.`);
  }
  const bytes = Buffer.byteLength(body) + checkMessageAttributes(attributes);
  const limitBytes = queue.settings.maximumMessageBytes;
  if (bytes > limitBytes) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${limitBytes} bytes.`,
    );
  }
  return body;
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

function present(attributes: MessageAttributes | undefined): MessageAttributes | undefined {
  return attributes && Object.keys(attributes).length > 0 ? attributes : undefined;
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
