import type { ThrottleLimits } from '../../../gateway/token-bucket.ts';
import { TokenBucket } from '../../../gateway/token-bucket.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { Row, Writer } from '../../../kernel/store.ts';
import type { Definitions, PlanStage, UsagePlan } from '../definitions.ts';
import { QuotaCounters } from './quota-counters.ts';

/** Which keys belong to which plan (durable), and what each key has left of its plan. */
export class UsagePlans {
  readonly #kernel: Kernel;
  readonly #definitions: Definitions;
  readonly #quotas: QuotaCounters;
  readonly #plansOfKey = new Map<string, Set<string>>();
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #insert: Writer;
  readonly #delete: Writer;

  constructor(kernel: Kernel, definitions: Definitions) {
    this.#kernel = kernel;
    this.#definitions = definitions;
    this.#quotas = new QuotaCounters(kernel.store);
    kernel.store.define(`CREATE TABLE IF NOT EXISTS apigateway_plan_keys (
      plan_id TEXT, key_id TEXT, PRIMARY KEY (plan_id, key_id)) WITHOUT ROWID`);
    this.#insert = kernel.store.writer('INSERT OR IGNORE INTO apigateway_plan_keys VALUES (?, ?)');
    this.#delete = kernel.store.writer('DELETE FROM apigateway_plan_keys WHERE plan_id = ? AND key_id = ?');
    for (const row of kernel.store.reader('SELECT * FROM apigateway_plan_keys').all() as Row[]) {
      this.#plans(row.key_id as string).add(row.plan_id as string);
    }
  }

  /** Throws `NotFoundException`. */
  get(planId: string): UsagePlan {
    const plan = this.#definitions.usagePlans.get(planId);
    if (!plan) throw new AwsError('NotFoundException', 'Invalid Usage Plan ID specified', { status: 404 });
    return plan;
  }

  /** In the order the template declares them. */
  list(): readonly UsagePlan[] {
    return [...this.#definitions.usagePlans.values()];
  }

  has(planId: string, keyId: string): boolean {
    return this.#plansOfKey.get(keyId)?.has(planId) ?? false;
  }

  /** A key belongs to one plan a stage: `ConflictException` when another of its plans has a stage of this one. */
  add(planId: string, keyId: string): void {
    const plan = this.get(planId);
    for (const otherId of this.#plansOfKey.get(keyId) ?? []) {
      const other = this.#definitions.usagePlans.get(otherId);
      if (other && (other.id === planId || other.stages.some((stage) => plan.stages.some((own) => same(stage, own))))) {
        const message = `Usage Plan ${planId} cannot be added because API Key ${keyId} is already in Usage Plan ${otherId} of one of its stages`;
        throw new AwsError('ConflictException', message, { status: 409 });
      }
    }
    this.#plans(keyId).add(planId);
    this.#insert.run(planId, keyId);
  }

  remove(planId: string, keyId: string): void {
    this.get(planId);
    if (!this.#plansOfKey.get(keyId)?.delete(planId)) {
      throw new AwsError('NotFoundException', 'Invalid Usage Plan key identifier specified', { status: 404 });
    }
    this.#delete.run(planId, keyId);
    this.#forgetBuckets(`${planId}/${keyId}/`);
  }

  /** The key itself is gone. */
  forgetKey(keyId: string): void {
    for (const planId of this.#plansOfKey.get(keyId) ?? []) {
      this.#delete.run(planId, keyId);
      this.#forgetBuckets(`${planId}/${keyId}/`);
    }
    this.#plansOfKey.delete(keyId);
    this.#quotas.forgetKey(keyId);
  }

  /** The plan's limits were applied anew: its buckets start full. */
  changed(planId: string): void {
    this.#forgetBuckets(`${planId}/`);
  }

  /** The plan that lets a key into a stage. */
  planFor(keyId: string, apiId: string, stage: string): { plan: UsagePlan; stage: PlanStage } | undefined {
    for (const planId of this.#plansOfKey.get(keyId) ?? []) {
      const plan = this.#definitions.usagePlans.get(planId);
      const covered = plan?.stages.find((one) => one.apiId === apiId && one.stage === stage);
      if (plan && covered) return { plan, stage: covered };
    }
    return undefined;
  }

  /** Takes a token of the method's bucket, if the plan has one for it, and of the plan's; false: throttled. */
  takeToken(keyId: string, membership: { plan: UsagePlan; stage: PlanStage }, methodKey: string): boolean {
    const { plan, stage } = membership;
    const scope = `${plan.id}/${keyId}/${stage.apiId}/${stage.stage}`;
    const methodLimits = stage.throttles.get(methodKey);
    if (methodLimits && !this.#takeFrom(`${scope}/${methodKey}`, methodLimits)) return false;
    return !plan.throttle || this.#takeFrom(scope, plan.throttle);
  }

  /** Counts the request against the plan's quota; false: used up. */
  takeQuota(keyId: string, plan: UsagePlan): boolean {
    return !plan.quota || this.#quotas.use(plan.id, keyId, plan.quota, this.#kernel.clock.nowMs());
  }

  #takeFrom(name: string, limits: ThrottleLimits): boolean {
    const nowMs = this.#kernel.clock.nowMs();
    const bucket = this.#buckets.get(name) ?? new TokenBucket(limits, nowMs);
    this.#buckets.set(name, bucket);
    return bucket.take(nowMs);
  }

  #forgetBuckets(prefix: string): void {
    for (const name of this.#buckets.keys()) if (name.startsWith(prefix)) this.#buckets.delete(name);
  }

  #plans(keyId: string): Set<string> {
    const plans = this.#plansOfKey.get(keyId) ?? new Set<string>();
    this.#plansOfKey.set(keyId, plans);
    return plans;
  }
}

function same(a: PlanStage, b: PlanStage): boolean {
  return a.apiId === b.apiId && a.stage === b.stage;
}
