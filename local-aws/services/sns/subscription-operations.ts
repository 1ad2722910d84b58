import { notSupported } from '../../kernel/aws-error.ts';
import type { Operation } from '../../kernel/service.ts';
import { pageOf } from './page.ts';
import { invalidParameter } from './sns-error.ts';
import type { Attributes } from './sns-store.ts';
import type { Subscription, Topic, Topics } from './topics.ts';

interface SubscribeInput {
  readonly TopicArn?: string;
  readonly Protocol?: string;
  readonly Endpoint?: string;
  readonly Attributes?: Attributes;
}

/** Subscribing a queue again, with the attributes it has, answers its subscription. */
export function subscribe(topics: Topics): Operation {
  return (input: SubscribeInput) => {
    const topic = topics.topic(input.TopicArn);
    const endpoint = checkEndpoint(input.Protocol, input.Endpoint);
    const attributes = input.Attributes ?? {};
    const existing = subscriptionTo(topic, endpoint);
    if (!existing) return { SubscriptionArn: topics.subscribe(topic, endpoint, attributes).arn };
    const different = Object.keys(attributes).some((name) => attributes[name] !== existing.attributes[name]);
    if (different) {
      throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
    }
    return { SubscriptionArn: existing.arn };
  };
}

export function checkEndpoint(protocol: unknown, endpoint: unknown): string {
  if (protocol !== 'sqs') throw notSupported(`SNS protocol ${String(protocol)}`);
  if (typeof endpoint !== 'string' || !/^arn:[^:]+:sqs:[^:]+:\d+:[^:]+$/.test(endpoint)) {
    throw invalidParameter('SQS endpoint ARN');
  }
  return endpoint;
}

export function subscriptionTo(topic: Topic, endpoint: string): Subscription | undefined {
  return topic.subscriptions.find((subscription) => subscription.endpoint === endpoint);
}

export function unsubscribe(topics: Topics): Operation {
  return (input: { SubscriptionArn?: string }) => {
    topics.unsubscribe(topics.subscription(input.SubscriptionArn));
    return {};
  };
}

export function listSubscriptions(topics: Topics, accountId: string): Operation {
  return (input: { NextToken?: string }) => listed(topics.subscriptions(), accountId, input.NextToken);
}

export function listSubscriptionsByTopic(topics: Topics, accountId: string): Operation {
  return (input: { TopicArn?: string; NextToken?: string }) =>
    listed(topics.topic(input.TopicArn).subscriptions, accountId, input.NextToken);
}

function listed(subscriptions: readonly Subscription[], accountId: string, token: string | undefined) {
  const { page, nextToken } = pageOf(subscriptions, token);
  const items = page.map(({ arn, topicArn, endpoint }) => ({
    SubscriptionArn: arn,
    Owner: accountId,
    Protocol: 'sqs',
    Endpoint: endpoint,
    TopicArn: topicArn,
  }));
  return { Subscriptions: items, NextToken: nextToken };
}

export function getSubscriptionAttributes(topics: Topics, accountId: string): Operation {
  return (input: { SubscriptionArn?: string }) => {
    const { arn, topicArn, endpoint, attributes } = topics.subscription(input.SubscriptionArn);
    const all = {
      SubscriptionArn: arn,
      TopicArn: topicArn,
      Owner: accountId,
      Protocol: 'sqs',
      Endpoint: endpoint,
      RawMessageDelivery: 'false',
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'true',
      ...(attributes.FilterPolicy ? { FilterPolicyScope: 'MessageAttributes' } : {}),
      ...attributes,
    };
    return { Attributes: new Map(Object.entries(all)) };
  };
}

/** An empty value takes the attribute away. */
export function setSubscriptionAttributes(topics: Topics): Operation {
  return (input: { SubscriptionArn?: string; AttributeName?: string; AttributeValue?: string }) => {
    const subscription = topics.subscription(input.SubscriptionArn);
    if (!input.AttributeName) throw invalidParameter('AttributeName');
    const { [input.AttributeName]: _, ...others } = subscription.attributes;
    const changed = input.AttributeValue ? { ...others, [input.AttributeName]: input.AttributeValue } : others;
    topics.replaceSubscriptionAttributes(subscription, changed);
    return {};
  };
}
