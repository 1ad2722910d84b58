import { notSupported } from '../../kernel/aws-error.ts';
import { type FilterPolicyScope, type MessageFilter, messageFilter } from './filter-policy.ts';
import { invalidParameter } from './sns-error.ts';
import type { Attributes } from './sns-store.ts';

/** A subscription's attributes, parsed. */
export interface SubscriptionSettings {
  readonly rawMessageDelivery: boolean;
  readonly accepts: MessageFilter;
  readonly deadLetterTargetArn?: string;
}

const NAMES = ['RawMessageDelivery', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'];

/** Refuses unknown attributes and values, and parses the rest. */
export function settingsOf(attributes: Attributes): SubscriptionSettings {
  const unknown = Object.keys(attributes).find((name) => !NAMES.includes(name));
  if (unknown) throw notSupported(`subscription attribute ${unknown}`);
  const {
    RawMessageDelivery = 'false',
    FilterPolicy,
    FilterPolicyScope = 'MessageAttributes',
    RedrivePolicy,
  } = attributes;
  if (RawMessageDelivery !== 'true' && RawMessageDelivery !== 'false') {
    throw invalidParameter('Attributes Reason: RawMessageDelivery: Invalid value.');
  }
  if (!isScope(FilterPolicyScope)) throw invalidParameter('Attributes Reason: FilterPolicyScope: Invalid value.');
  return {
    rawMessageDelivery: RawMessageDelivery === 'true',
    accepts: FilterPolicy ? messageFilter(FilterPolicy, FilterPolicyScope) : () => true,
    ...(RedrivePolicy ? { deadLetterTargetArn: parseRedrivePolicy(RedrivePolicy) } : {}),
  };
}

function isScope(value: string): value is FilterPolicyScope {
  return value === 'MessageAttributes' || value === 'MessageBody';
}

function parseRedrivePolicy(text: string): string {
  const match = /^\s*\{\s*"deadLetterTargetArn"\s*:\s*"(arn:[^:"]+:sqs:[^"]+)"\s*\}\s*$/.exec(text);
  if (!match?.[1]) throw invalidParameter('RedrivePolicy: must hold deadLetterTargetArn, the ARN of an SQS queue');
  return match[1];
}
