import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { SNS_ACCESS } from './access.ts';
import { Publisher } from './publish.ts';
import {
  getSubscriptionAttributes,
  listSubscriptions,
  listSubscriptionsByTopic,
  setSubscriptionAttributes,
  subscribe,
  unsubscribe,
} from './subscription-operations.ts';
import { subscriptionResource, topicPolicyResource, topicResource } from './topic.resource.ts';
import { TopicDelivery } from './topic-delivery.ts';
import { createTopic, getTopicAttributes, listTopics, setTopicAttributes } from './topic-operations.ts';
import { Topics } from './topics.ts';

export function createSns(kernel: Kernel): Service {
  const topics = new Topics(kernel);
  const delivery = new TopicDelivery(kernel, topics);
  const { publish, publishBatch, deliver } = new Publisher(kernel, topics, delivery);
  return {
    name: 'sns',
    protocol: { kind: 'aws-query', version: '2010-03-31', xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/' },
    operations: {
      CreateTopic: createTopic(topics),
      ListTopics: listTopics(topics),
      GetTopicAttributes: getTopicAttributes(topics, kernel.accountId),
      SetTopicAttributes: setTopicAttributes(topics),
      Subscribe: subscribe(topics),
      Unsubscribe: unsubscribe(topics),
      ListSubscriptions: listSubscriptions(topics, kernel.accountId),
      ListSubscriptionsByTopic: listSubscriptionsByTopic(topics, kernel.accountId),
      GetSubscriptionAttributes: getSubscriptionAttributes(topics, kernel.accountId),
      SetSubscriptionAttributes: setSubscriptionAttributes(topics),
      Publish: publish,
      PublishBatch: publishBatch,
    },
    access: SNS_ACCESS,
    deliveryAction: 'sns:Publish',
    resourcePolicy: (arn) => topics.find(arn)?.attributes.Policy,
    denial: { code: 'AuthorizationError', status: 403 },
    resources: {
      'AWS::SNS::Topic': topicResource(topics),
      'AWS::SNS::Subscription': subscriptionResource(topics),
      'AWS::SNS::TopicPolicy': topicPolicyResource(topics),
    },
    deliver,
    start: () => delivery.start(),
    stop: () => delivery.stop(),
  };
}
