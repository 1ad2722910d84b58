import type { Environments } from '../../environments/environments.ts';
import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { servicePrincipal } from '../../kernel/principal.ts';
import type { Functions } from './functions.ts';
import { type InvokeOutput, invokeNow } from './invoke.ts';
import { newTraceId } from './trace-id.ts';

/** Lambda's defaults: docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const DEFAULT_MAX_RETRIES = 2;
const DEFAULT_MAX_AGE_SECONDS = 6 * 60 * 60;
const RETRY_DELAYS_MS = [60_000, 120_000];
const THROTTLE_DELAY_MS = 1_000;

export interface AsyncPolicy {
  readonly maxRetries: number;
  readonly maxAgeSeconds: number;
  readonly onFailureArn: string | undefined;
}

interface Row {
  readonly id: string;
  readonly functionName: string;
  readonly payload: string;
  readonly attempts: number;
  readonly acceptedMs: number;
}

/** The queue behind `InvocationType: Event`: durable until the function has run or its retries are used up. */
export class AsyncInvocations {
  readonly #kernel: Kernel;
  readonly #functions: Functions;
  readonly #environments: Environments;
  readonly #policies = new Map<string, AsyncPolicy>();
  readonly #insert;
  readonly #update;
  readonly #delete;
  readonly #all;

  constructor(kernel: Kernel, functions: Functions, environments: Environments) {
    this.#kernel = kernel;
    this.#functions = functions;
    this.#environments = environments;
    kernel.store.define(`CREATE TABLE IF NOT EXISTS lambda_async_invocation (
      id TEXT PRIMARY KEY, functionName TEXT NOT NULL, payload TEXT NOT NULL, attempts INTEGER NOT NULL, acceptedMs INTEGER NOT NULL
    ) STRICT`);
    this.#insert = kernel.store.writer('INSERT INTO lambda_async_invocation VALUES (?, ?, ?, 0, ?)');
    this.#update = kernel.store.writer('UPDATE lambda_async_invocation SET attempts = ? WHERE id = ?');
    this.#delete = kernel.store.writer('DELETE FROM lambda_async_invocation WHERE id = ?');
    this.#all = kernel.store.reader('SELECT * FROM lambda_async_invocation ORDER BY acceptedMs');
  }

  setPolicy(functionName: string, policy: Partial<AsyncPolicy>): void {
    this.#policies.set(functionName, { ...DEFAULT_POLICY, ...policy });
  }

  add(functionName: string, payload: string): void {
    const id = this.#kernel.random.uuid();
    const acceptedMs = this.#kernel.clock.nowMs();
    this.#insert.run(id, functionName, payload, acceptedMs);
    void this.#attempt({ id, functionName, payload, attempts: 0, acceptedMs });
  }

  /** After a restart, what was waiting or under way runs (again). */
  start(): void {
    for (const row of this.#all.all() as unknown as Row[]) void this.#attempt(row);
  }

  async #attempt(row: Row): Promise<void> {
    const lambda = this.#functions.get(row.functionName);
    let output: InvokeOutput;
    try {
      output = await invokeNow(lambda, this.#environments, {
        payload: row.payload,
        requestId: row.id,
        traceId: newTraceId(this.#kernel),
        isAwaited: false,
      });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#later(row, THROTTLE_DELAY_MS);
      return;
    }
    if (output.FunctionError) this.#failed(row, output);
    else this.#delete.run(row.id);
  }

  #failed(row: Row, output: InvokeOutput): void {
    const policy = this.#policies.get(row.functionName) ?? DEFAULT_POLICY;
    const ageMs = this.#kernel.clock.nowMs() - row.acceptedMs;
    if (row.attempts < policy.maxRetries && ageMs < policy.maxAgeSeconds * 1000) {
      const attempts = row.attempts + 1;
      this.#update.run(attempts, row.id);
      this.#later({ ...row, attempts }, RETRY_DELAYS_MS[row.attempts] ?? (RETRY_DELAYS_MS.at(-1) as number));
      return;
    }
    this.#delete.run(row.id);
    if (policy.onFailureArn) void this.#sendToDestination(policy.onFailureArn, row, output);
  }

  #later(row: Row, delayMs: number): void {
    this.#kernel.clock.setTimer(this.#kernel.clock.nowMs() + delayMs, () => void this.#attempt(row));
  }

  async #sendToDestination(targetArn: string, row: Row, output: InvokeOutput): Promise<void> {
    const functionArn = this.#functions.arnOf(row.functionName);
    const { roleArn } = this.#functions.get(row.functionName).config;
    const body = JSON.stringify({
      version: '1.0',
      timestamp: new Date(this.#kernel.clock.nowMs()).toISOString(),
      requestContext: {
        requestId: row.id,
        functionArn: `${functionArn}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: row.attempts + 1,
      },
      requestPayload: JSON.parse(row.payload) as unknown,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: output.FunctionError },
      responsePayload: JSON.parse(output.Payload ?? 'null') as unknown,
    });
    await this.#kernel.deliver({
      targetArn,
      body,
      principal: servicePrincipal('lambda.amazonaws.com', functionArn, roleArn),
    });
  }
}

const DEFAULT_POLICY: AsyncPolicy = {
  maxRetries: DEFAULT_MAX_RETRIES,
  maxAgeSeconds: DEFAULT_MAX_AGE_SECONDS,
  onFailureArn: undefined,
};
