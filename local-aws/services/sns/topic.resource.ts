import { compileStatements } from '../../kernel/authorization/statement.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';
import { checkEndpoint, subscriptionTo } from './subscription-operations.ts';
import type { Topics } from './topics.ts';

/** AWS::SNS::Topic. A topic without name takes its logical id, which stays the same over restarts. */
export function topicResource(topics: Topics): ResourceType {
  return {
    apply: ({ logicalId, properties }) => {
      const { TopicName = logicalId, DisplayName = '', Subscription = [], Tags: _, ...unknown } = properties;
      refuseUnknownProperties('AWS::SNS::Topic', unknown);
      const topic = topics.create(TopicName, { DisplayName: String(DisplayName) });
      for (const { Protocol, Endpoint } of Subscription as { Protocol?: string; Endpoint?: string }[]) {
        const endpoint = checkEndpoint(Protocol, Endpoint);
        if (!subscriptionTo(topic, endpoint)) topics.subscribe(topic, endpoint, {});
      }
      return { ref: topic.arn, attributes: { TopicArn: topic.arn, TopicName: topic.name } };
    },
  };
}

/** AWS::SNS::Subscription. */
export function subscriptionResource(topics: Topics): ResourceType {
  return {
    apply: ({ properties }) => {
      const {
        TopicArn,
        Protocol,
        Endpoint,
        RawMessageDelivery,
        FilterPolicy,
        FilterPolicyScope,
        RedrivePolicy,
        ...unknown
      } = properties;
      refuseUnknownProperties('AWS::SNS::Subscription', unknown);
      const topic = topics.topic(TopicArn);
      const endpoint = checkEndpoint(Protocol, Endpoint);
      const attributes = attributesOf({ RawMessageDelivery, FilterPolicy, FilterPolicyScope, RedrivePolicy });
      const existing = subscriptionTo(topic, endpoint);
      if (existing) topics.replaceSubscriptionAttributes(existing, attributes);
      const { arn } = existing ?? topics.subscribe(topic, endpoint, attributes);
      return { ref: arn, attributes: { Arn: arn } };
    },
  };
}

/** AWS::SNS::TopicPolicy: kept as the topic's `Policy` attribute. */
export function topicPolicyResource(topics: Topics): ResourceType {
  return {
    apply: ({ logicalId, properties }) => {
      const { PolicyDocument, Topics: arns, ...unknown } = properties;
      refuseUnknownProperties('AWS::SNS::TopicPolicy', unknown);
      if (typeof PolicyDocument !== 'object' || !Array.isArray(arns) || arns.length === 0) {
        throw new AwsError('ValidationError', `${logicalId} needs PolicyDocument and Topics`);
      }
      compileStatements(PolicyDocument, 'resource');
      for (const arn of arns) topics.setTopicAttributes(topics.topic(arn), { Policy: JSON.stringify(PolicyDocument) });
      return { ref: logicalId, attributes: { Id: logicalId } };
    },
  };
}

function attributesOf(properties: Record<string, unknown>): Record<string, string> {
  const present = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    present.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}
