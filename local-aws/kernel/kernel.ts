import { randomBytes } from 'node:crypto';
import { Activity } from './activity.ts';
import { serviceOfArn } from './arn.ts';
import { Authorization } from './authorization/authorization.ts';
import { AwsError, notSupported } from './aws-error.ts';
import type { Clock } from './clock.ts';
import { type Log, silentLog } from './log.ts';
import { Meter } from './meter.ts';
import type { Principal } from './principal.ts';
import { type Random, seededRandom } from './random.ts';
import type { Call, Delivery, Operation, Service } from './service.ts';
import { Signals } from './signals.ts';
import { Store } from './store.ts';
import { SystemClock } from './system-clock.ts';

export interface KernelOptions {
  /** File of the stack's state, or `:memory:`. */
  readonly path?: string;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: Log;
  readonly accountId?: string;
  readonly region?: string;
}

/** What all services share, and the only way from one to another. */
export class Kernel {
  readonly accountId: string;
  readonly region: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly store: Store;
  readonly log: Log;
  readonly meter = new Meter();
  readonly signals = new Signals();
  readonly activity = new Activity();
  readonly authorization: Authorization = new Authorization(this);
  readonly #services = new Map<string, Service>();

  constructor(options: KernelOptions = {}) {
    this.accountId = options.accountId ?? '000000000000';
    this.region = options.region ?? 'sa-east-1';
    this.clock = options.clock ?? new SystemClock();
    this.random = options.random ?? seededRandom(randomBytes(6).readUIntBE(0, 6));
    this.store = new Store(options.path ?? ':memory:');
    this.log = options.log ?? silentLog;
  }

  register(service: Service): void {
    this.#services.set(service.name, service);
  }

  service(name: string): Service {
    const service = this.#services.get(name);
    if (!service) throw notSupported(`service ${name}`);
    return service;
  }

  services(): readonly Service[] {
    return [...this.#services.values()];
  }

  /** `arn:aws:<service>:<region>:<account>:<resource>`. */
  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.accountId}:${resource}`;
  }

  /**
   * Calls an operation as `principal`: authorization and metering happen here, and nowhere else. The answer may be
   * ahead of the disk: whoever hands it to a caller outside the process awaits `store.flushed()`.
   * @param via the service that calls in the principal's name, as S3 calls KMS
   */
  call(serviceName: string, operationName: string, input: unknown, principal: Principal, via?: string): unknown {
    const service = this.service(serviceName);
    const operation = this.#operation(service, operationName);
    this.authorization.checkCall(service, operationName, input, principal, via);
    this.meter.count(serviceName, operationName, principal);
    const call: Call = { principal, requestId: this.random.uuid() };
    return operation(input ?? {}, call);
  }

  /** Hands a message to the service that owns the target ARN. */
  async deliver(delivery: Delivery): Promise<void> {
    const service = this.service(serviceOfArn(delivery.targetArn));
    if (!service.deliver) throw notSupported(`delivery to ${delivery.targetArn}`);
    this.authorization.checkDelivery(service, delivery.targetArn, delivery.principal);
    this.meter.count(service.name, 'Deliver', delivery.principal);
    await service.deliver(delivery);
  }

  start(): void {
    for (const service of this.#services.values()) service.start?.();
  }

  async stop(): Promise<void> {
    for (const service of this.#services.values()) await service.stop?.();
    await this.store.flushed();
    this.store.close();
  }

  #operation(service: Service, name: string): Operation {
    if (Object.hasOwn(service.operations, name)) return service.operations[name] as Operation;
    throw new AwsError('UnknownOperationException', `${service.name}:${name} is not supported by local-aws`);
  }
}
