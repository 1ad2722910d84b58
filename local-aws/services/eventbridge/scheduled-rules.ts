import type { Timer } from '../../kernel/clock.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { nextOccurrenceMs } from '../../kernel/schedule-expression.ts';
import type { Buses } from './buses.ts';
import type { Dispatcher } from './dispatcher.ts';
import { newEvent } from './event.ts';
import type { Rule } from './rule.ts';

/** Fires the rules that have a schedule. What fell due while the stack was not running is not made up for. */
export class ScheduledRules {
  readonly #kernel: Kernel;
  readonly #buses: Buses;
  readonly #dispatcher: Dispatcher;
  readonly #timers = new Map<string, Timer>();
  #started = false;

  constructor(kernel: Kernel, buses: Buses, dispatcher: Dispatcher) {
    this.#kernel = kernel;
    this.#buses = buses;
    this.#dispatcher = dispatcher;
  }

  start(): void {
    this.#started = true;
    for (const rule of this.#buses.rules()) this.arm(rule);
  }

  stop(): void {
    this.#started = false;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  /** Sets the rule's next run; a rule of before the start waits for it. */
  arm(rule: Rule): void {
    this.#timers.get(rule.arn)?.cancel();
    this.#timers.delete(rule.arn);
    if (!this.#started || !rule.enabled || !rule.schedule) return;
    const nextMs = nextOccurrenceMs(rule.schedule, this.#kernel.clock.nowMs(), { anchorMs: rule.anchorMs });
    if (nextMs === undefined) return;
    this.#timers.set(
      rule.arn,
      this.#kernel.clock.setTimer(nextMs, () => this.#fire(rule, nextMs)),
    );
  }

  /** Source: eb-run-lambda-schedule.html, "Scheduled Event". */
  #fire(rule: Rule, atMs: number): void {
    const content = { 'detail-type': 'Scheduled Event', source: 'aws.events', resources: [rule.arn], detail: {} };
    this.#dispatcher.sendToTargets(rule, newEvent(this.#kernel, content, atMs));
    this.arm(rule);
  }
}
