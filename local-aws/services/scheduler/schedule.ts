import { serviceOfArn } from '../../kernel/arn.ts';
import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import {
  InvalidScheduleExpression,
  parseScheduleExpression,
  type ScheduleExpression,
  zoneNamed,
} from '../../kernel/schedule-expression.ts';
import { parseDeadLetterArn, parseRetryPolicy, type RetryPolicy } from '../../kernel/target-delivery.ts';

/** A schedule, read from its template's properties. */
export interface Schedule {
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly expression: ScheduleExpression;
  readonly timeZone: string;
  /** When a rate begins: `StartDate`, else the schedule's creation. */
  readonly anchorMs: number;
  /** Nothing runs before; a one-time schedule has no start date. Source: API_CreateSchedule.html. */
  readonly startMs: number;
  readonly endMs: number;
  readonly target: ScheduleTarget;
}

export interface ScheduleTarget {
  readonly arn: string;
  /** The role that the scheduler sends by. */
  readonly roleArn: string;
  /** With AWS's placeholders; undefined stands for the default notification. */
  readonly input: string | undefined;
  readonly retryPolicy: RetryPolicy;
  readonly deadLetterArn: string | undefined;
}

const TARGET_SERVICES = new Set(['lambda', 'sqs']);

/** Reads the properties of AWS::Scheduler::Schedule but for its name and group; refuses those it does not have. */
export function parseSchedule(
  identity: { readonly name: string; readonly arn: string; readonly createdAtMs: number },
  properties: Readonly<Record<string, unknown>>,
): Schedule {
  const {
    Description: _,
    ScheduleExpression,
    ScheduleExpressionTimezone = 'UTC',
    FlexibleTimeWindow,
    StartDate,
    EndDate,
    State = 'ENABLED',
    Target,
    ...unknown
  } = properties;
  refuseUnknownProperties('AWS::Scheduler::Schedule', unknown);
  if (State !== 'ENABLED' && State !== 'DISABLED') throw invalid(`State ${String(State)} is not valid.`);
  const { Mode } = (FlexibleTimeWindow ?? {}) as { Mode?: unknown };
  if (Mode !== 'OFF') throw notSupported(`FlexibleTimeWindow ${String(Mode)} of AWS::Scheduler::Schedule`);
  const startMs = StartDate === undefined ? undefined : parseDate('StartDate', StartDate);
  return {
    name: identity.name,
    arn: identity.arn,
    enabled: State === 'ENABLED',
    expression: parseExpression(String(ScheduleExpression)),
    timeZone: checkTimeZone(String(ScheduleExpressionTimezone)),
    anchorMs: startMs ?? identity.createdAtMs,
    startMs: startMs ?? Number.NEGATIVE_INFINITY,
    endMs: EndDate === undefined ? Number.POSITIVE_INFINITY : parseDate('EndDate', EndDate),
    target: parseTarget((Target ?? {}) as Record<string, unknown>),
  };
}

function parseTarget(target: Readonly<Record<string, unknown>>): ScheduleTarget {
  const { Arn, RoleArn, Input, RetryPolicy, DeadLetterConfig, ...unknown } = target;
  refuseUnknownProperties('the target of AWS::Scheduler::Schedule', unknown);
  if (typeof Arn !== 'string' || typeof RoleArn !== 'string') throw invalid('Target needs Arn and RoleArn.');
  if (!TARGET_SERVICES.has(serviceOfArn(Arn))) throw notSupported(`schedule target ${Arn}`);
  if (String(Input).includes('<aws.scheduler.attempt-number>')) throw notSupported('<aws.scheduler.attempt-number>');
  return {
    arn: Arn,
    roleArn: RoleArn,
    input: Input === undefined ? undefined : String(Input),
    retryPolicy: parseRetryPolicy(RetryPolicy),
    deadLetterArn: parseDeadLetterArn(DeadLetterConfig),
  };
}

function parseExpression(text: string): ScheduleExpression {
  try {
    return parseScheduleExpression(text);
  } catch (cause) {
    if (!(cause instanceof InvalidScheduleExpression)) throw cause;
    throw Object.assign(invalid(`Invalid Schedule Expression ${text}.`), { cause });
  }
}

function checkTimeZone(name: string): string {
  try {
    zoneNamed(name);
    return name;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw Object.assign(invalid(`The ScheduleExpressionTimezone ${name} is not valid.`), { cause });
  }
}

function parseDate(name: string, value: unknown): number {
  const ms = Date.parse(String(value));
  if (Number.isNaN(ms)) throw invalid(`${name} ${String(value)} is not valid.`);
  return ms;
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
