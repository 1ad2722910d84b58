import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { parseRule, type Rule } from './rule.ts';
import { RuleStore } from './rule-store.ts';

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly rules: Map<string, Rule>;
}

const DEFAULT_BUS = 'default';

/** Every event bus of the account with its rules, written through to the store. */
export class Buses {
  readonly #kernel: Kernel;
  readonly #store: RuleStore;
  readonly #byName = new Map<string, Bus>();
  /** Properties last applied, to tell a change from a restart. */
  readonly #applied = new Map<string, string>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#store = new RuleStore(kernel.store);
    for (const name of [DEFAULT_BUS, ...this.#store.buses()]) this.#add(name);
    for (const { busName, name, properties, anchorMs } of this.#store.rules()) {
      this.#put(this.bus(busName), name, properties, anchorMs);
    }
  }

  /** By name or ARN; the default bus when none is named. */
  bus(nameOrArn: unknown = DEFAULT_BUS): Bus {
    const bus = this.#byName.get(String(nameOrArn).replace(/^arn:.*:event-bus\//, ''));
    if (bus) return bus;
    throw new AwsError('ResourceNotFoundException', `Event bus ${String(nameOrArn)} does not exist.`);
  }

  create(name: string): Bus {
    const existing = this.#byName.get(name);
    if (existing) return existing;
    if (!/^[\w./-]{1,256}$/.test(name) || name.startsWith('aws.')) {
      throw new AwsError('ValidationException', `Event bus name ${name} is not valid.`);
    }
    this.#store.putBus(name);
    return this.#add(name);
  }

  rules(): readonly Rule[] {
    return [...this.#byName.values()].flatMap(({ rules }) => [...rules.values()]);
  }

  /** Creates or changes a rule; one that is the same stays as it is, and so does the start of its rate. */
  putRule(busName: unknown, name: string, properties: Readonly<Record<string, unknown>>): Rule {
    const bus = this.bus(busName);
    const existing = bus.rules.get(name);
    if (existing && this.#applied.get(existing.arn) === JSON.stringify(properties)) return existing;
    const anchorMs = this.#kernel.clock.nowMs();
    const rule = this.#put(bus, name, properties, anchorMs);
    this.#store.putRule({ busName: bus.name, name, properties, anchorMs });
    return rule;
  }

  #put(bus: Bus, name: string, properties: Readonly<Record<string, unknown>>, anchorMs: number): Rule {
    const resource = bus.name === DEFAULT_BUS ? `rule/${name}` : `rule/${bus.name}/${name}`;
    const arn = this.#kernel.arn('events', resource);
    const rule = parseRule({ name, arn, busName: bus.name, anchorMs }, properties);
    bus.rules.set(name, rule);
    this.#applied.set(arn, JSON.stringify(properties));
    return rule;
  }

  #add(name: string): Bus {
    const bus = { name, arn: this.#kernel.arn('events', `event-bus/${name}`), rules: new Map<string, Rule>() };
    this.#byName.set(name, bus);
    return bus;
  }
}
