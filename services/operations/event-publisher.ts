import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishBatchCommand, type SNSClient } from '@aws-sdk/client-sns';
import { EVENT_SOURCE, ORDER_EVENT_DETAIL_TYPE, type OrderEventMessage } from '@brokerage/contracts/order-event';

/** Publishes to topic and bus; answers the ids of the events that either refused. Both answer 200 with some refused inside. */
export type PublishEvents = (events: readonly OrderEventMessage[]) => Promise<ReadonlySet<string>>;

/** Entries in one call, of both services. */
const MAX_ENTRIES = 10;

/** An event and its JSON, which both services are sent. */
interface WrittenEvent {
  readonly event: OrderEventMessage;
  readonly text: string;
}

export interface PublisherTargets {
  readonly topicArn: string;
  readonly busName: string;
}

export function createEventPublisher(
  sns: SNSClient,
  eventbridge: EventBridgeClient,
  { topicArn, busName }: PublisherTargets,
): PublishEvents {
  return async (events) => {
    const refused = new Set<string>();
    const calls: Promise<void>[] = [];
    for (let start = 0; start < events.length; start += MAX_ENTRIES) {
      const chunk = events.slice(start, start + MAX_ENTRIES).map((event) => ({ event, text: JSON.stringify(event) }));
      calls.push(publishToTopic(sns, topicArn, chunk, refused), putOnBus(eventbridge, busName, chunk, refused));
    }
    await Promise.all(calls);
    return refused;
  };
}

async function publishToTopic(
  sns: SNSClient,
  topicArn: string,
  events: readonly WrittenEvent[],
  refused: Set<string>,
): Promise<void> {
  const attribute = (value: string) => ({ DataType: 'String', StringValue: value });
  const entries = events.map(({ event, text }, index) => ({
    Id: String(index),
    Message: text,
    MessageAttributes: { type: attribute(event.type), status: attribute(event.order.status) },
  }));
  const answer = await sns.send(new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries }));
  for (const { Id } of answer.Failed ?? []) refused.add(events[Number(Id)]!.event.eventId);
}

/** Answers come in the order of the entries; a refused one has an ErrorCode in place of its EventId. */
async function putOnBus(
  eventbridge: EventBridgeClient,
  busName: string,
  events: readonly WrittenEvent[],
  refused: Set<string>,
): Promise<void> {
  const entries = events.map(({ event, text }) => ({
    EventBusName: busName,
    Source: EVENT_SOURCE,
    DetailType: ORDER_EVENT_DETAIL_TYPE,
    Time: new Date(event.occurredAt),
    Detail: text,
  }));
  const answer = await eventbridge.send(new PutEventsCommand({ Entries: entries }));
  for (const [index, entry] of (answer.Entries ?? []).entries()) {
    if (entry.ErrorCode) refused.add(events[index]!.event.eventId);
  }
}
