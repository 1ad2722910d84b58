import type { Kernel } from '../../kernel/kernel.ts';
import type { Delivery } from '../../kernel/service.ts';
import { TargetDelivery } from '../../kernel/target-delivery.ts';
import type { Bus, Buses } from './buses.ts';
import type { BusEvent } from './event.ts';
import type { Rule } from './rule.ts';

/** Sends events to the targets of the rules they match. */
export class Dispatcher {
  readonly #buses: Buses;
  readonly #delivery: TargetDelivery;

  constructor(kernel: Kernel, buses: Buses) {
    this.#buses = buses;
    this.#delivery = new TargetDelivery(kernel, 'rule', 'events.amazonaws.com');
  }

  dispatch(bus: Bus, event: BusEvent, mayForward = true): void {
    for (const rule of bus.rules.values()) {
      if (rule.enabled && rule.matches?.(event)) this.sendToTargets(rule, event, mayForward);
    }
  }

  sendToTargets(rule: Rule, event: BusEvent, mayForward = true): void {
    for (const { arn, input, retryPolicy, deadLetterArn, roleArn } of rule.targets) {
      if (!mayForward && isBus(arn)) continue;
      this.#delivery.send({
        sourceArn: rule.arn,
        targetArn: arn,
        payload: isBus(arn) ? JSON.stringify(event) : input(event, rule),
        retryPolicy,
        ...(deadLetterArn ? { deadLetterArn } : {}),
        ...(roleArn ? { roleArn } : {}),
      });
    }
  }

  /** An event from another bus; it goes no further than this one. Source: eb-bus-to-bus.html. */
  readonly deliver = async ({ targetArn, body }: Delivery): Promise<void> => {
    this.dispatch(this.#buses.bus(targetArn), JSON.parse(body) as BusEvent, false);
  };

  start(): void {
    this.#delivery.start();
  }

  stop(): void {
    this.#delivery.stop();
  }
}

function isBus(arn: string): boolean {
  return arn.includes(':event-bus/');
}
