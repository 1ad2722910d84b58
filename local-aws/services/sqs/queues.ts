import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { DEFAULT_ATTRIBUTES, type QueueAttributes, type QueueSettings, settingsOf } from './queue-settings.ts';
import { QueueStore } from './queue-store.ts';
import { invalidParameter, invalidValue, missingParameter, queueDoesNotExist } from './sqs-error.ts';

export interface Queue {
  readonly id: number;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  purgedAtMs: number | undefined;
  attributes: QueueAttributes;
  settings: QueueSettings;
}

/** Every queue of the account, by name; written through to the store. */
export class Queues {
  readonly #kernel: Kernel;
  readonly #store: QueueStore;
  readonly #urlBase: string;
  readonly #byName = new Map<string, Queue>();

  constructor(kernel: Kernel, urlBase: string) {
    this.#kernel = kernel;
    this.#urlBase = urlBase;
    this.#store = new QueueStore(kernel.store);
    for (const row of this.#store.all()) this.#byName.set(row.name, this.#queueOf(row));
  }

  all(): readonly Queue[] {
    return [...this.#byName.values()];
  }

  named(name: string): Queue | undefined {
    return this.#byName.get(name);
  }

  /** The queue of a QueueUrl. Its host is not looked at: inside and outside callers reach the stack by different names. */
  ofUrl(url: unknown): Queue {
    if (typeof url !== 'string' || url === '') throw missingParameter('QueueUrl');
    const nameAt = url.lastIndexOf('/') + 1;
    const queue = this.#byName.get(url.slice(nameAt));
    const accountAt = nameAt - 1 - this.#kernel.accountId.length;
    if (!queue || !url.startsWith(this.#kernel.accountId, accountAt)) throw queueDoesNotExist();
    return queue;
  }

  ofArn(arn: string): Queue | undefined {
    const queue = this.#byName.get(arn.slice(arn.lastIndexOf(':') + 1));
    return queue?.arn === arn ? queue : undefined;
  }

  /** Queues that name this one as their dead-letter queue. */
  sourcesOf(deadLetterQueue: Queue): Queue[] {
    return this.all().filter(({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === deadLetterQueue.arn);
  }

  create(name: string, attributes: QueueAttributes): Queue {
    checkName(name);
    const whole = { ...DEFAULT_ATTRIBUTES, ...withoutEmpty(attributes) };
    this.#checkRedrive(this.#kernel.arn('sqs', name), whole);
    const nowMs = this.#kernel.clock.nowMs();
    const id = this.#store.insert(name, whole, nowMs);
    const row = { id, name, attributes: whole, createdAtMs: nowMs, modifiedAtMs: nowMs, purgedAtMs: undefined };
    const queue = this.#queueOf(row);
    this.#byName.set(name, queue);
    return queue;
  }

  /** Replaces all attributes; writes only when something differs. */
  replaceAttributes(queue: Queue, attributes: QueueAttributes): void {
    const whole = withoutEmpty(attributes);
    if (sameAttributes(whole, queue.attributes)) return;
    this.#checkRedrive(queue.arn, whole);
    const nowMs = this.#kernel.clock.nowMs();
    this.#store.setAttributes(queue.id, whole, nowMs);
    queue.attributes = whole;
    queue.settings = settingsOf(whole);
    queue.modifiedAtMs = nowMs;
  }

  setPurged(queue: Queue, nowMs: number): void {
    this.#store.setPurged(queue.id, nowMs);
    queue.purgedAtMs = nowMs;
  }

  #checkRedrive(sourceArn: string, attributes: QueueAttributes): void {
    const policy = settingsOf(attributes).redrivePolicy;
    if (!policy) return;
    const target = this.ofArn(policy.deadLetterTargetArn);
    if (!target) throw invalidValue(attributes.RedrivePolicy, 'RedrivePolicy', 'Dead letter target does not exist.');
    if (this.#leadsTo(target, sourceArn)) {
      throw invalidValue(attributes.RedrivePolicy, 'RedrivePolicy', 'Dead letter targets must not form a cycle.');
    }
    const allow = target.settings.redriveAllowPolicy;
    if (!allow || allow.redrivePermission === 'allowAll') return;
    if (allow.redrivePermission === 'byQueue' && allow.sourceQueueArns?.includes(sourceArn)) return;
    const reason = 'The dead letter target does not allow this queue as a source.';
    throw invalidValue(attributes.RedrivePolicy, 'RedrivePolicy', reason);
  }

  /** Differs from AWS, which allows cycles: here a message would go round within one receive. */
  #leadsTo(queue: Queue | undefined, arn: string): boolean {
    if (!queue || queue.arn === arn) return queue !== undefined;
    const next = queue.settings.redrivePolicy?.deadLetterTargetArn;
    return next !== undefined && this.#leadsTo(this.ofArn(next), arn);
  }

  #queueOf(row: Omit<Queue, 'arn' | 'url' | 'settings'>): Queue {
    return {
      ...row,
      arn: this.#kernel.arn('sqs', row.name),
      url: `${this.#urlBase}/${this.#kernel.accountId}/${row.name}`,
      settings: settingsOf(row.attributes),
    };
  }
}

function sameAttributes(a: QueueAttributes, b: QueueAttributes): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function withoutEmpty(attributes: QueueAttributes): QueueAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
}

function checkName(name: unknown): void {
  if (typeof name !== 'string' || name === '') throw missingParameter('QueueName');
  if (name.endsWith('.fifo')) throw notSupported(`FIFO queues (queue ${name})`);
  if (/^[A-Za-z0-9_-]{1,80}$/.test(name)) return;
  throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
}

export function queueNameExists(attribute: string): AwsError {
  return new AwsError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
  );
}
