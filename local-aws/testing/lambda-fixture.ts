import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kernel } from '../kernel/kernel.ts';
import { seededRandom } from '../kernel/random.ts';
import type { Service } from '../kernel/service.ts';
import { SimulatedClock } from '../kernel/simulated-clock.ts';
import { advanceTo } from '../server/stack-control.ts';
import { createLambda } from '../services/lambda/lambda.service.ts';
import { loadTemplate } from '../template/load-template.ts';
import type { TemplateResource } from '../template/template.ts';
import { TEST_START_MS } from './test-stack.ts';

/** A stack of a few resources whose functions are written in the test, each line they log kept. */
export interface LambdaFixture {
  readonly kernel: Kernel;
  readonly clock: SimulatedClock;
  /** What handlers logged with `console.log`, parsed as JSON, in order. */
  readonly logged: unknown[];
  call(service: string, operation: string, input: object): Promise<Record<string, unknown>>;
  advance(ms: number): Promise<void>;
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface FixtureOptions {
  readonly services: readonly ((kernel: Kernel) => Service)[];
  /** CommonJS source by function name; each becomes `AWS::Lambda::Function` with logical id and name alike. */
  readonly functions: Readonly<Record<string, string>>;
  readonly functionProperties?: Readonly<Record<string, object>>;
  readonly resources?: Readonly<Record<string, TemplateResource>>;
  readonly path?: string;
  readonly startMs?: number;
}

const ADMINISTRATOR = { kind: 'administrator', accessKeyId: 'test' } as const;

export async function startLambdaFixture(options: FixtureOptions): Promise<LambdaFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'functions-'));
  for (const [name, source] of Object.entries(options.functions)) writeFileSync(join(folder, `${name}.js`), source);
  const clock = new SimulatedClock(options.startMs ?? TEST_START_MS);
  const logged: unknown[] = [];
  const kernel = new Kernel({
    path: options.path ?? ':memory:',
    clock,
    random: seededRandom(1),
    log: ({ level, message }) => {
      if (level === 'info') logged.push(JSON.parse(message));
    },
  });
  for (const create of options.services) kernel.register(create(kernel));
  kernel.register(
    createLambda({ threads: 1, codePathOf: ({ functionName }) => join(folder, `${functionName}.js`) })(kernel),
  );
  const functions = Object.keys(options.functions).map((name) => [
    name,
    {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::000000000000:role/${name}`,
        Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
        ...options.functionProperties?.[name],
      },
    },
  ]);
  loadTemplate(kernel, { Resources: { ...Object.fromEntries(functions), ...options.resources } });
  kernel.start();
  return {
    kernel,
    clock,
    logged,
    call: async (service, operation, input) =>
      (await kernel.call(service, operation, input, ADMINISTRATOR)) as Record<string, unknown>,
    advance: (ms) => advanceTo(kernel, clock.nowMs() + ms),
    idle: () => kernel.activity.idle(),
    close: async () => {
      await kernel.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
