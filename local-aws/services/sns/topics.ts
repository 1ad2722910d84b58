import { notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { invalidParameter, subscriptionNotFound, topicNotFound } from './sns-error.ts';
import { type Attributes, SnsStore } from './sns-store.ts';
import { type SubscriptionSettings, settingsOf } from './subscription-settings.ts';

export interface Topic {
  readonly name: string;
  readonly arn: string;
  attributes: Attributes;
  readonly subscriptions: Subscription[];
}

export interface Subscription {
  readonly arn: string;
  readonly topicName: string;
  readonly topicArn: string;
  /** ARN of a queue. */
  readonly endpoint: string;
  attributes: Attributes;
  settings: SubscriptionSettings;
}

const TOPIC_ATTRIBUTES = ['DisplayName', 'Policy'];

/** Every topic of the account with its subscriptions, written through to the store. */
export class Topics {
  readonly #kernel: Kernel;
  readonly #store: SnsStore;
  readonly #byArn = new Map<string, Topic>();
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#store = new SnsStore(kernel.store);
    for (const { name, attributes } of this.#store.topics()) this.#addTopic(name, attributes);
    for (const row of this.#store.subscriptions()) {
      this.#addSubscription({
        ...row,
        topicArn: kernel.arn('sns', row.topicName),
        settings: settingsOf(row.attributes),
      });
    }
  }

  all(): readonly Topic[] {
    return [...this.#byArn.values()];
  }

  subscriptions(): readonly Subscription[] {
    return [...this.#subscriptions.values()];
  }

  find(arn: string): Topic | undefined {
    return this.#byArn.get(arn);
  }

  topic(arn: unknown): Topic {
    if (typeof arn !== 'string' || !/^arn:[^:]+:sns:[^:]+:\d+:[^:]+$/.test(arn)) throw invalidParameter('TopicArn');
    const topic = this.#byArn.get(arn);
    if (!topic) throw topicNotFound();
    return topic;
  }

  subscription(arn: unknown): Subscription {
    const subscription = typeof arn === 'string' ? this.#subscriptions.get(arn) : undefined;
    if (!subscription) throw subscriptionNotFound();
    return subscription;
  }

  /** Creates the topic or gives the one that exists, its attributes replaced where they are given. */
  create(name: unknown, attributes: Attributes = {}): Topic {
    if (typeof name !== 'string' || !/^[A-Za-z0-9_-]{1,256}(?:\.fifo)?$/.test(name))
      throw invalidParameter('Topic Name');
    if (name.endsWith('.fifo')) throw notSupported(`FIFO topics (topic ${name})`);
    const existing = this.#byArn.get(this.#kernel.arn('sns', name));
    const topic = existing ?? this.#addTopic(name, {});
    if (!existing) this.#store.putTopic(name, {});
    this.setTopicAttributes(topic, attributes);
    return topic;
  }

  setTopicAttributes(topic: Topic, changes: Attributes): void {
    const unknown = Object.keys(changes).find((name) => !TOPIC_ATTRIBUTES.includes(name));
    if (unknown) throw notSupported(`topic attribute ${unknown}`);
    const changed = Object.keys(changes).some((name) => changes[name] !== topic.attributes[name]);
    if (!changed) return;
    topic.attributes = { ...topic.attributes, ...changes };
    this.#store.putTopic(topic.name, topic.attributes);
  }

  subscribe(topic: Topic, endpoint: string, attributes: Attributes): Subscription {
    const settings = settingsOf(attributes);
    const arn = `${topic.arn}:${this.#kernel.random.uuid()}`;
    const subscription = { arn, topicName: topic.name, topicArn: topic.arn, endpoint, attributes, settings };
    this.#store.putSubscription(subscription);
    return this.#addSubscription(subscription);
  }

  replaceSubscriptionAttributes(subscription: Subscription, attributes: Attributes): void {
    subscription.settings = settingsOf(attributes);
    subscription.attributes = attributes;
    this.#store.putSubscription(subscription);
  }

  unsubscribe({ arn, topicArn }: Subscription): void {
    this.#store.deleteSubscription(arn);
    this.#subscriptions.delete(arn);
    const subscriptions = this.#byArn.get(topicArn)?.subscriptions ?? [];
    subscriptions.splice(
      subscriptions.findIndex((subscription) => subscription.arn === arn),
      1,
    );
  }

  #addTopic(name: string, attributes: Attributes): Topic {
    const topic: Topic = { name, arn: this.#kernel.arn('sns', name), attributes, subscriptions: [] };
    this.#byArn.set(topic.arn, topic);
    return topic;
  }

  #addSubscription(subscription: Subscription): Subscription {
    this.#subscriptions.set(subscription.arn, subscription);
    this.#byArn.get(subscription.topicArn)?.subscriptions.push(subscription);
    return subscription;
  }
}
