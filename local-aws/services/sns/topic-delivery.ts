import type { Kernel } from '../../kernel/kernel.ts';
import { type Failure, isTransient, Outbox } from '../../kernel/outbox.ts';
import { servicePrincipal } from '../../kernel/principal.ts';
import type { Delivery } from '../../kernel/service.ts';
import { notificationOf, type PublishedMessage } from './notification.ts';
import type { Subscription, Topic, Topics } from './topics.ts';

/** One message on its way to one subscription. */
interface Shipment {
  readonly subscriptionArn: string;
  readonly topicArn: string;
  readonly endpoint: string;
  readonly body: string;
  /** Raw deliveries carry the message's attributes as the queue's own. */
  readonly attributes?: Delivery['attributes'];
}

/** Sends a topic's messages to its subscriptions, durably and after Publish has answered. */
export class TopicDelivery {
  readonly #kernel: Kernel;
  readonly #topics: Topics;
  readonly #outbox: Outbox<Shipment>;

  constructor(kernel: Kernel, topics: Topics) {
    this.#kernel = kernel;
    this.#topics = topics;
    this.#outbox = new Outbox<Shipment>(kernel, 'sns', {
      attempt: (shipment) => this.#deliver(shipment, shipment.endpoint),
      retryAtMs: (_, failure) => retryAtMs(failure, kernel.clock.nowMs()),
      giveUp: (shipment, failure) => this.#deadLetter(shipment, failure),
    });
  }

  send(topic: Topic, message: PublishedMessage): void {
    for (const subscription of topic.subscriptions) {
      if (subscription.settings.accepts(message)) this.#outbox.add(shipmentOf(subscription, message));
    }
  }

  start(): void {
    this.#outbox.start();
  }

  stop(): void {
    this.#outbox.stop();
  }

  #deliver({ topicArn, body, attributes }: Shipment, targetArn: string): Promise<void> {
    const principal = servicePrincipal('sns.amazonaws.com', topicArn);
    return this.#kernel.deliver({ targetArn, body, principal, ...(attributes ? { attributes } : {}) });
  }

  /** A message without a dead-letter queue, or refused there too, is lost, as in AWS; the log says so. */
  async #deadLetter(shipment: Shipment, { error }: Failure): Promise<void> {
    const subscription = this.#topics.subscriptions().find(({ arn }) => arn === shipment.subscriptionArn);
    const targetArn = subscription?.settings.deadLetterTargetArn;
    let reason = error;
    if (targetArn) {
      try {
        await this.#deliver(shipment, targetArn);
        return;
      } catch (deadLetterError) {
        reason = deadLetterError;
      }
    }
    this.#kernel.log({
      timeMs: this.#kernel.clock.nowMs(),
      source: 'local-aws/sns',
      level: 'warn',
      message: `message to ${shipment.endpoint} is lost: ${String(reason)}`,
    });
  }
}

function shipmentOf(subscription: Subscription, message: PublishedMessage): Shipment {
  const { arn: subscriptionArn, topicArn, endpoint, settings } = subscription;
  if (!settings.rawMessageDelivery) {
    return { subscriptionArn, topicArn, endpoint, body: notificationOf(message, subscription) };
  }
  return { subscriptionArn, topicArn, endpoint, body: message.body, attributes: message.attributes };
}

/** Phases of the policy for queues: at once, one second apart, growing to 20 s, then every 20 s for 23 days. */
const IMMEDIATE_RETRIES = 3;
const PRE_BACKOFF_RETRIES = 2;
const BACKOFF_RETRIES = 10;
const MAX_RETRIES = 100_015;
const MIN_DELAY_MS = 1_000;
const MAX_DELAY_MS = 20_000;

/** Source: sns-message-delivery-retries.html, "AWS managed endpoints". */
function retryAtMs({ error, attempts }: Failure, nowMs: number): number | undefined {
  if (!isTransient(error) || attempts > MAX_RETRIES) return undefined;
  if (attempts <= IMMEDIATE_RETRIES) return nowMs;
  if (attempts <= IMMEDIATE_RETRIES + PRE_BACKOFF_RETRIES) return nowMs + MIN_DELAY_MS;
  const step = Math.min(attempts - IMMEDIATE_RETRIES - PRE_BACKOFF_RETRIES, BACKOFF_RETRIES);
  return nowMs + Math.round(MIN_DELAY_MS * (MAX_DELAY_MS / MIN_DELAY_MS) ** (step / BACKOFF_RETRIES));
}
