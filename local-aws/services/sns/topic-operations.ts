import type { Operation } from '../../kernel/service.ts';
import { pageOf } from './page.ts';
import type { Attributes } from './sns-store.ts';
import type { Topics } from './topics.ts';

export function createTopic(topics: Topics): Operation {
  return (input: { Name?: string; Attributes?: Attributes }) => ({
    TopicArn: topics.create(input.Name, input.Attributes).arn,
  });
}

export function listTopics(topics: Topics): Operation {
  return (input: { NextToken?: string }) => {
    const { page, nextToken } = pageOf(topics.all(), input.NextToken);
    return { Topics: page.map(({ arn }) => ({ TopicArn: arn })), NextToken: nextToken };
  };
}

export function getTopicAttributes(topics: Topics, accountId: string): Operation {
  return (input: { TopicArn?: string }) => {
    const topic = topics.topic(input.TopicArn);
    const attributes = {
      TopicArn: topic.arn,
      Owner: accountId,
      DisplayName: '',
      SubscriptionsConfirmed: String(topic.subscriptions.length),
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
      ...topic.attributes,
    };
    return { Attributes: new Map(Object.entries(attributes)) };
  };
}

export function setTopicAttributes(topics: Topics): Operation {
  return (input: { TopicArn?: string; AttributeName?: string; AttributeValue?: string }) => {
    const topic = topics.topic(input.TopicArn);
    topics.setTopicAttributes(topic, { [String(input.AttributeName)]: input.AttributeValue ?? '' });
    return {};
  };
}
