import { AwsError } from '../../kernel/aws-error.ts';
import type { Timer } from '../../kernel/clock.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { Outbox } from '../../kernel/outbox.ts';
import { servicePrincipal } from '../../kernel/principal.ts';
import { nextRotationMs } from './rotation-rules.ts';
import { type RotationRules, RotationStore } from './rotation-store.ts';
import type { Secret } from './secret-store.ts';
import { CURRENT, PENDING, type Secrets } from './secrets.ts';

/** Source: Secrets Manager user guide, "Lambda rotation functions": in this order, each its own invocation. */
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/** AWS says that it tries the whole rotation again several times, and not when: here after these delays. */
const RETRY_DELAYS_MS = [60_000, 300_000, 900_000, 3_600_000];

interface RunningRotation {
  readonly arn: string;
  readonly token: string;
}

/** Rotates secrets by their functions: when it is asked to, and when their schedule says so. */
export class Rotations {
  readonly store: RotationStore;
  readonly #kernel: Kernel;
  readonly #secrets: Secrets;
  readonly #outbox: Outbox<RunningRotation>;
  readonly #timers = new Map<string, Timer>();
  readonly #underWay = new Set<string>();

  constructor(kernel: Kernel, secrets: Secrets) {
    this.#kernel = kernel;
    this.#secrets = secrets;
    this.store = new RotationStore(kernel.store);
    this.#outbox = new Outbox<RunningRotation>(kernel, 'secret_rotation', {
      attempt: (rotation) => this.#run(rotation),
      retryAtMs: (rotation, { attempts, error }) => {
        this.#log(`rotation of ${rotation.arn} failed: ${String(error)}`);
        const delayMs = RETRY_DELAYS_MS[attempts - 1];
        return delayMs === undefined ? undefined : kernel.clock.nowMs() + delayMs;
      },
      giveUp: async ({ arn }) => this.#ended(arn),
    });
  }

  /** Sets how the secret is rotated, the first time now or when its rules next say so. */
  configure(secret: Secret, lambdaArn: string, rules: RotationRules, isDueNow: boolean): void {
    const nowMs = this.#kernel.clock.nowMs();
    const lastRotatedAtMs = this.store.get(secret.arn)?.lastRotatedAtMs ?? null;
    const dueAtMs = isDueNow ? nowMs : nextRotationMs(rules, nowMs);
    this.store.put({ arn: secret.arn, lambdaArn, rules, dueAtMs, lastRotatedAtMs });
  }

  /** Begins a rotation to the version `token`; its steps go on after this call. */
  begin(secret: Secret, token: string): void {
    const stages = this.#secrets.store.stages(secret.arn);
    const pendingId = stages.get(PENDING);
    if (pendingId !== undefined && pendingId !== stages.get(CURRENT) && pendingId !== token) {
      this.#add({ arn: secret.arn, token: pendingId });
      const message = "A previous rotation isn't complete. That rotation will be reattempted.";
      throw new AwsError('InvalidRequestException', message);
    }
    // The label is there before there is a value: so the function knows that the token is a rotation's.
    this.#secrets.moveStage(secret, PENDING, token);
    this.#add({ arn: secret.arn, token });
  }

  start(): void {
    this.#outbox.start();
    for (const { arn } of this.store.all()) this.arm(arn);
  }

  stop(): void {
    this.#outbox.stop();
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  /** Waits for the secret's next due time. */
  arm(arn: string): void {
    this.#timers.get(arn)?.cancel();
    const rotation = this.store.get(arn);
    if (!rotation) return;
    const timer = this.#kernel.clock.setTimer(rotation.dueAtMs, () => {
      this.#scheduleNext(arn);
      // One that is still under way, or tried again, is this one.
      if (!this.#underWay.has(arn)) this.#beginScheduled(arn);
    });
    this.#timers.set(arn, timer);
  }

  #beginScheduled(arn: string): void {
    try {
      this.begin(this.#secrets.find(arn), this.#kernel.random.uuid());
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#log(`scheduled rotation of ${arn}: ${error.message}`);
    }
  }

  #scheduleNext(arn: string): void {
    const rotation = this.store.get(arn);
    if (!rotation) return;
    this.store.put({ ...rotation, dueAtMs: nextRotationMs(rotation.rules, this.#kernel.clock.nowMs()) });
    this.arm(arn);
  }

  #add(rotation: RunningRotation): void {
    if (this.#underWay.has(rotation.arn)) return;
    this.#underWay.add(rotation.arn);
    this.#outbox.add(rotation);
  }

  async #run({ arn, token }: RunningRotation): Promise<void> {
    this.#underWay.add(arn);
    const rotation = this.store.get(arn);
    if (!rotation) throw new Error(`${arn} has no rotation function any more`);
    for (const Step of STEPS)
      await this.#invoke(rotation.lambdaArn, { Step, SecretId: arn, ClientRequestToken: token });
    if (this.#secrets.store.stages(arn).get(CURRENT) !== token) {
      throw new Error(`finishSecret did not move ${CURRENT} to ${token}`);
    }
    const nowMs = this.#kernel.clock.nowMs();
    this.store.put({ ...rotation, lastRotatedAtMs: nowMs, dueAtMs: nextRotationMs(rotation.rules, nowMs) });
    this.arm(arn);
    this.#ended(arn);
  }

  async #invoke(
    lambdaArn: string,
    event: { Step: string; SecretId: string; ClientRequestToken: string },
  ): Promise<void> {
    const principal = servicePrincipal('secretsmanager.amazonaws.com', event.SecretId);
    const input = { FunctionName: lambdaArn, Payload: JSON.stringify(event) };
    const answer = (await this.#kernel.call('lambda', 'Invoke', input, principal)) as {
      readonly FunctionError?: string;
      readonly Payload?: string;
    };
    if (answer.FunctionError) throw new Error(`${event.Step}: ${answer.Payload}`);
  }

  #ended(arn: string): void {
    this.#underWay.delete(arn);
  }

  #log(message: string): void {
    this.#kernel.log({
      timeMs: this.#kernel.clock.nowMs(),
      source: 'local-aws/secretsmanager',
      level: 'error',
      message,
    });
  }
}
