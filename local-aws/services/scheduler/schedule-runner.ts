import type { Timer } from '../../kernel/clock.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { nextOccurrenceMs } from '../../kernel/schedule-expression.ts';
import { TargetDelivery } from '../../kernel/target-delivery.ts';
import type { Schedule } from './schedule.ts';

/**
 * Runs schedules by the clock. Differs from AWS, which is never down: what fell due while the stack was not running is
 * not made up for.
 */
export class ScheduleRunner {
  readonly #kernel: Kernel;
  readonly #delivery: TargetDelivery;
  readonly #timers = new Map<string, Timer>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#delivery = new TargetDelivery(kernel, 'schedule', 'scheduler.amazonaws.com');
  }

  start(): void {
    this.#delivery.start();
  }

  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    this.#delivery.stop();
  }

  isArmed({ arn }: Schedule): boolean {
    return this.#timers.has(arn);
  }

  /** Sets the schedule's next run after `afterMs`. */
  arm(schedule: Schedule, afterMs: number): void {
    const { arn, enabled, expression, timeZone, anchorMs, startMs, endMs } = schedule;
    this.#timers.get(arn)?.cancel();
    this.#timers.delete(arn);
    if (!enabled) return;
    const fromMs = expression.kind === 'at' ? afterMs : Math.max(afterMs, startMs - 1);
    const nextMs = nextOccurrenceMs(expression, fromMs, { timeZone, anchorMs });
    if (nextMs === undefined || (expression.kind !== 'at' && nextMs > endMs)) return;
    this.#timers.set(
      arn,
      this.#kernel.clock.setTimer(nextMs, () => this.#fire(schedule, nextMs)),
    );
  }

  #fire(schedule: Schedule, atMs: number): void {
    const { arn, target } = schedule;
    this.#delivery.send({
      sourceArn: arn,
      targetArn: target.arn,
      roleArn: target.roleArn,
      payload: this.#payload(schedule, atMs),
      retryPolicy: target.retryPolicy,
      ...(target.deadLetterArn ? { deadLetterArn: target.deadLetterArn } : {}),
    });
    this.arm(schedule, Math.max(atMs, this.#kernel.clock.nowMs()));
  }

  /** Source: managing-schedule-context-attributes.html; without input, the notification that AWS sends. */
  #payload({ arn, target }: Schedule, atMs: number): string {
    const time = `${new Date(atMs).toISOString().slice(0, 19)}Z`;
    const executionId = this.#kernel.random.uuid();
    if (target.input !== undefined) {
      return target.input
        .replaceAll('<aws.scheduler.schedule-arn>', arn)
        .replaceAll('<aws.scheduler.scheduled-time>', time)
        .replaceAll('<aws.scheduler.execution-id>', executionId);
    }
    return JSON.stringify({
      version: '0',
      id: executionId,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: this.#kernel.accountId,
      time,
      region: this.#kernel.region,
      resources: [arn],
      detail: '{}',
    });
  }
}
