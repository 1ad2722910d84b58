import { serviceOfArn } from './arn.ts';
import { AwsError, notSupported } from './aws-error.ts';
import type { Kernel } from './kernel.ts';
import { type Failure, isTransient, Outbox } from './outbox.ts';
import { type AwsServicePrincipal, servicePrincipal } from './principal.ts';
import type { Delivery } from './service.ts';

/** A payload on its way to a target of an EventBridge rule or of an EventBridge Scheduler schedule. */
export interface TargetShipment {
  /** The rule or schedule. */
  readonly sourceArn: string;
  readonly targetArn: string;
  /** What the target gets: a function its event, a queue or topic its message. */
  readonly payload: string;
  readonly retryPolicy: RetryPolicy;
  readonly deadLetterArn?: string;
  /** The role to send by; without one the target's own policy decides. */
  readonly roleArn?: string;
}

export interface RetryPolicy {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

/** Source: API_RetryPolicy.html of EventBridge and of Scheduler. */
const MAX_RETRY_ATTEMPTS = 185;
const MIN_EVENT_AGE_SECONDS = 60;
const MAX_EVENT_AGE_SECONDS = 86_400;
/** AWS tells only that it backs off exponentially with jitter: 185 attempts in 24 hours come to about this. */
const MAX_BACKOFF_MS = 600_000;

export class TargetDelivery {
  readonly #kernel: Kernel;
  readonly #principal: AwsServicePrincipal;
  readonly #outbox: Outbox<TargetShipment>;

  /** `name` names the table and, in upper case, the dead letter's attribute with the source's ARN. */
  constructor(kernel: Kernel, name: 'rule' | 'schedule', principal: AwsServicePrincipal) {
    this.#kernel = kernel;
    this.#principal = principal;
    this.#outbox = new Outbox<TargetShipment>(kernel, name, {
      attempt: (shipment) => this.#deliver(shipment),
      retryAtMs: ({ retryPolicy }, failure) => {
        if (exhaustedCondition(retryPolicy, failure, kernel.clock.nowMs()) !== undefined) return undefined;
        return isTransient(failure.error) ? kernel.clock.nowMs() + this.#backoffMs(failure.attempts) : undefined;
      },
      giveUp: (shipment, failure) => this.#deadLetter(`${name.toUpperCase()}_ARN`, shipment, failure),
    });
  }

  send(shipment: TargetShipment): void {
    this.#outbox.add(shipment);
  }

  start(): void {
    this.#outbox.start();
  }

  stop(): void {
    this.#outbox.stop();
  }

  async #deliver({ sourceArn, targetArn, payload, roleArn }: TargetShipment): Promise<void> {
    const principal = servicePrincipal(this.#principal, sourceArn, roleArn);
    if (serviceOfArn(targetArn) !== 'lambda') {
      await this.#kernel.deliver({ targetArn, body: payload, principal });
      return;
    }
    const invocation = { FunctionName: targetArn, InvocationType: 'Event', Payload: payload };
    await this.#kernel.call('lambda', 'Invoke', invocation, principal);
  }

  #backoffMs(attempts: number): number {
    const ceilingMs = Math.min(MAX_BACKOFF_MS, 1000 * 2 ** (attempts - 1));
    return Math.round(ceilingMs * (0.5 + this.#kernel.random.next() / 2));
  }

  /** Without a dead-letter queue, or when that refuses it too, the event is lost, as in AWS; the log says so. */
  async #deadLetter(sourceName: string, shipment: TargetShipment, failure: Failure): Promise<void> {
    let reason = failure.error;
    if (shipment.deadLetterArn) {
      try {
        const condition = exhaustedCondition(shipment.retryPolicy, failure, this.#kernel.clock.nowMs());
        await this.#kernel.deliver({
          targetArn: shipment.deadLetterArn,
          body: shipment.payload,
          attributes: deadLetterAttributes(sourceName, shipment, failure, condition),
          principal: servicePrincipal(this.#principal, shipment.sourceArn, shipment.roleArn),
        });
        return;
      } catch (error) {
        reason = error;
      }
    }
    this.#kernel.log({
      timeMs: this.#kernel.clock.nowMs(),
      source: `local-aws/${this.#principal}`,
      level: 'warn',
      message: `event of ${shipment.sourceArn} to ${shipment.targetArn} is lost: ${String(reason)}`,
    });
  }
}

function exhaustedCondition(policy: RetryPolicy, { attempts, addedAtMs }: Failure, nowMs: number): string | undefined {
  if (attempts > policy.maximumRetryAttempts) return 'MaximumRetryAttempts';
  return nowMs - addedAtMs >= policy.maximumEventAgeSeconds * 1000 ? 'MaximumEventAgeInSeconds' : undefined;
}

/** Source: eb-rule-dlq.html, configuring-schedule-dlq.html. */
function deadLetterAttributes(
  sourceName: string,
  { sourceArn, targetArn }: TargetShipment,
  { error, attempts }: Failure,
  condition: string | undefined,
): Delivery['attributes'] {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    [sourceName]: text(sourceArn),
    TARGET_ARN: text(targetArn),
    ERROR_CODE: text(error instanceof AwsError ? error.code : 'INTERNAL_ERROR'),
    ERROR_MESSAGE: text(error instanceof Error && error.message ? error.message : 'unknown'),
    RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(attempts - 1) },
    ...(condition && isTransient(error) ? { EXHAUSTED_RETRY_CONDITION: text(condition) } : {}),
  };
}

/** Reads `RetryPolicy` of a template. */
export function parseRetryPolicy(value: unknown): RetryPolicy {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, ...unknown } = (value ?? {}) as Record<string, unknown>;
  const [other] = Object.keys(unknown);
  if (other) throw notSupported(`RetryPolicy.${other}`);
  return {
    maximumRetryAttempts: bounded('MaximumRetryAttempts', MaximumRetryAttempts, 0, MAX_RETRY_ATTEMPTS),
    maximumEventAgeSeconds: bounded(
      'MaximumEventAgeInSeconds',
      MaximumEventAgeInSeconds,
      MIN_EVENT_AGE_SECONDS,
      MAX_EVENT_AGE_SECONDS,
    ),
  };
}

/** A whole number within bounds; the upper one is the default of both members. */
function bounded(name: string, value: unknown, min: number, max: number): number {
  const number = value === undefined ? max : Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new AwsError('ValidationException', `RetryPolicy.${name} must be from ${min} to ${max}, not ${String(value)}`);
}

/** Reads `DeadLetterConfig` of a template. */
export function parseDeadLetterArn(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { Arn } = value as { Arn?: unknown };
  if (typeof Arn === 'string' && /^arn:[^:]+:sqs:/.test(Arn)) return Arn;
  throw new AwsError('ValidationException', 'DeadLetterConfig.Arn must be the ARN of an SQS queue');
}
