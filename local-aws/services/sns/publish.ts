import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Delivery, Operation } from '../../kernel/service.ts';
import { checkMessageAttributes, type MessageAttributes } from './message-attributes.ts';
import type { PublishedMessage } from './notification.ts';
import { invalidParameter } from './sns-error.ts';
import type { TopicDelivery } from './topic-delivery.ts';
import type { Topic, Topics } from './topics.ts';

/** Message and attributes together, also of a whole batch. Source: API_Publish.html, API_PublishBatch.html. */
const MAX_MESSAGE_BYTES = 262_144;
const MAX_SUBJECT_CHARACTERS = 100;
const MAX_BATCH_ENTRIES = 10;

/** The members of Publish and of an entry of PublishBatch. */
interface OutgoingMessage {
  readonly Message?: string;
  readonly Subject?: string;
  readonly MessageAttributes?: MessageAttributes;
  readonly MessageStructure?: string;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

interface PublishInput extends OutgoingMessage {
  readonly TopicArn?: string;
  readonly TargetArn?: string;
  readonly PhoneNumber?: string;
}

export class Publisher {
  readonly #kernel: Kernel;
  readonly #topics: Topics;
  readonly #delivery: TopicDelivery;

  constructor(kernel: Kernel, topics: Topics, delivery: TopicDelivery) {
    this.#kernel = kernel;
    this.#topics = topics;
    this.#delivery = delivery;
  }

  readonly publish: Operation = (input: PublishInput) => {
    if (input.PhoneNumber !== undefined) throw notSupported('publishing to a phone number');
    return { MessageId: this.#send(this.#topics.topic(input.TopicArn ?? input.TargetArn), input) };
  };

  readonly publishBatch: Operation = (input: {
    TopicArn?: string;
    PublishBatchRequestEntries?: (OutgoingMessage & { Id?: string })[];
  }) => {
    const topic = this.#topics.topic(input.TopicArn);
    const entries = checkBatch(input.PublishBatchRequestEntries ?? []);
    const Successful: { Id: string; MessageId: string }[] = [];
    const Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
    for (const entry of entries) {
      const Id = entry.Id as string;
      try {
        Successful.push({ Id, MessageId: this.#send(topic, entry) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: error.status < 500 });
      }
    }
    return { Successful, Failed };
  };

  /** What another service sends to a topic. */
  readonly deliver = async ({ targetArn, body, attributes }: Delivery): Promise<void> => {
    this.#send(this.#topics.topic(targetArn), {
      Message: body,
      ...(attributes ? { MessageAttributes: attributes } : {}),
    });
  };

  #send(topic: Topic, outgoing: OutgoingMessage): string {
    const attributes = outgoing.MessageAttributes ?? {};
    const message: PublishedMessage = {
      body: checkMessage(outgoing, attributes),
      messageId: this.#kernel.random.uuid(),
      topicArn: topic.arn,
      subject: outgoing.Subject,
      attributes,
      publishedAtMs: this.#kernel.clock.nowMs(),
    };
    this.#delivery.send(topic, message);
    return message.messageId;
  }
}

function checkMessage(outgoing: OutgoingMessage, attributes: MessageAttributes): string {
  const { Message: body, Subject: subject } = outgoing;
  if (outgoing.MessageStructure !== undefined) throw notSupported('MessageStructure');
  if (outgoing.MessageGroupId ?? outgoing.MessageDeduplicationId) throw notSupported('FIFO topics');
  if (typeof body !== 'string' || body === '') throw invalidParameter('Empty message');
  if (subject !== undefined && (subject === '' || subject.length > MAX_SUBJECT_CHARACTERS || /[\n\r]/.test(subject))) {
    throw invalidParameter('Subject');
  }
  const bytes = Buffer.byteLength(body) + checkMessageAttributes(attributes);
  if (bytes > MAX_MESSAGE_BYTES) throw invalidParameter('Message too long');
  return body;
}

/** Refuses a batch as a whole. */
function checkBatch<E extends OutgoingMessage & { Id?: string }>(entries: readonly E[]): readonly E[] {
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'The batch request contains no entries.');
  if (entries.length > MAX_BATCH_ENTRIES) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible (10).',
    );
  }
  const ids = entries.map(({ Id }) => Id ?? '');
  if (ids.some((id) => !/^[A-Za-z0-9_-]{1,80}$/.test(id))) {
    throw new AwsError(
      'InvalidBatchEntryId',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    );
  }
  if (new Set(ids).size < ids.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  if (entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0) > MAX_MESSAGE_BYTES) {
    throw new AwsError(
      'BatchRequestTooLong',
      'The length of all the batch messages put together is more than the limit.',
    );
  }
  return entries;
}

function sizeOf({ Message = '', MessageAttributes = {} }: OutgoingMessage): number {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      Buffer.byteLength(`${name}${DataType}${StringValue}`) + Buffer.byteLength(BinaryValue, 'base64'),
  );
  return attributes.reduce((total, bytes) => total + bytes, Buffer.byteLength(Message));
}
