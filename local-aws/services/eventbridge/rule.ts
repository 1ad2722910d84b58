import { serviceOfArn } from '../../kernel/arn.ts';
import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import { type EventPattern, eventPatternMatcher, InvalidEventPattern } from '../../kernel/event-pattern.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import {
  InvalidScheduleExpression,
  parseScheduleExpression,
  type ScheduleExpression,
} from '../../kernel/schedule-expression.ts';
import { parseDeadLetterArn, parseRetryPolicy, type RetryPolicy } from '../../kernel/target-delivery.ts';
import { parseTargetInput, type TargetInput } from './target-input.ts';

/** A rule, read from its template's properties. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly enabled: boolean;
  readonly matches: EventPattern | undefined;
  readonly schedule: ScheduleExpression | undefined;
  readonly targets: readonly RuleTarget[];
  /** When the rule was made: a rate counts from here. */
  readonly anchorMs: number;
}

export interface RuleTarget {
  readonly arn: string;
  /** The role that the rule sends by; without one the target's own policy decides. */
  readonly roleArn: string | undefined;
  readonly input: TargetInput;
  readonly retryPolicy: RetryPolicy;
  readonly deadLetterArn: string | undefined;
}

/** Source: eb-quota.html. */
const MAX_TARGETS = 5;
const TARGET_SERVICES = new Set(['sqs', 'sns', 'lambda', 'events']);

/** Reads the properties of AWS::Events::Rule but for its name and bus; refuses those it does not have. */
export function parseRule(
  identity: Pick<Rule, 'name' | 'arn' | 'busName' | 'anchorMs'>,
  properties: Readonly<Record<string, unknown>>,
): Rule {
  const { Description: _, EventPattern, ScheduleExpression, State = 'ENABLED', Targets = [], ...unknown } = properties;
  refuseUnknownProperties('AWS::Events::Rule', unknown);
  if (State !== 'ENABLED' && State !== 'DISABLED') throw notSupported(`State ${String(State)} of AWS::Events::Rule`);
  if (EventPattern === undefined && ScheduleExpression === undefined) {
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (ScheduleExpression !== undefined && identity.busName !== 'default') {
    throw invalid('ScheduleExpression is supported only on the default event bus.');
  }
  const targets = (Targets as Record<string, unknown>[]).map(parseTarget);
  if (targets.length > MAX_TARGETS)
    throw new AwsError('LimitExceededException', `A rule has at most ${MAX_TARGETS} targets.`);
  return {
    ...identity,
    enabled: State === 'ENABLED',
    matches: EventPattern === undefined ? undefined : parsePattern(EventPattern),
    schedule: ScheduleExpression === undefined ? undefined : parseSchedule(String(ScheduleExpression)),
    targets,
  };
}

function parseTarget(target: Readonly<Record<string, unknown>>): RuleTarget {
  const { Id, Arn, RoleArn, Input, InputPath, InputTransformer, DeadLetterConfig, RetryPolicy, ...unknown } = target;
  refuseUnknownProperties('a target of AWS::Events::Rule', unknown);
  if (typeof Id !== 'string' || typeof Arn !== 'string') throw invalid('A target needs Id and Arn.');
  if (!TARGET_SERVICES.has(serviceOfArn(Arn))) throw notSupported(`rule target ${Arn}`);
  return {
    arn: Arn,
    roleArn: RoleArn === undefined ? undefined : String(RoleArn),
    input: parseTargetInput({ Input, InputPath, InputTransformer }),
    retryPolicy: parseRetryPolicy(RetryPolicy),
    deadLetterArn: parseDeadLetterArn(DeadLetterConfig),
  };
}

function parsePattern(pattern: unknown): EventPattern {
  try {
    return eventPatternMatcher(pattern);
  } catch (cause) {
    if (!(cause instanceof InvalidEventPattern)) throw cause;
    const message = `Event pattern is not valid. Reason: ${cause.message}`;
    throw Object.assign(new AwsError('InvalidEventPatternException', message), { cause });
  }
}

function parseSchedule(text: string): ScheduleExpression {
  try {
    const schedule = parseScheduleExpression(text);
    if (schedule.kind !== 'at') return schedule;
  } catch (cause) {
    if (!(cause instanceof InvalidScheduleExpression)) throw cause;
  }
  throw invalid('Parameter ScheduleExpression is not valid.');
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
