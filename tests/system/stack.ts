import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { bankCredentials, exchangeCredentials } from '@brokerage/simulators/credentials';
import { afterAll, expect } from 'vitest';
import { auditStack } from '../auditor/audit-stack.ts';
import { auditorSettings } from '../auditor/settings.ts';
import { keepRights, type RoleGrant, readGrants } from '../grants/grant-uses.ts';
import { eventually } from '../stack/eventually.ts';
import { endProcess, freePorts, type StackAddresses, startProcess } from '../stack/stack-process.ts';
import { ApiClient } from './api-client.ts';
import { type PolicyStatement, withoutStatements } from './role-policies.ts';
import { SimulatorPanel } from './simulator-panel.ts';

export interface StackOptions {
  /** Variables of the stack and the simulators, beyond ports and data folder. Noise traders are off unless this turns them on. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The whole system as a user starts it, in processes of its own, with a data folder that is gone afterwards. */
export class SystemStack {
  readonly addresses: StackAddresses;
  readonly ana: ApiClient;
  readonly bruno: ApiClient;
  readonly carla: ApiClient;
  readonly operator: ApiClient;
  readonly compliance: ApiClient;
  readonly exchange: SimulatorPanel;
  readonly bank: SimulatorPanel;
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #deprivedRoles = new Set<string>();
  readonly #seenGrants: RoleGrant[] = [];
  #process: ChildProcess;

  private constructor(addresses: StackAddresses, environment: Readonly<Record<string, string>>, child: ChildProcess) {
    const { apiPort, awsPort, exchangePort, bankPort } = addresses;
    const aws = {
      endpoint: `http://127.0.0.1:${awsPort}`,
      region: 'sa-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    this.addresses = addresses;
    this.ana = new ApiClient(apiPort, 'local-key-ana-000000000000');
    this.bruno = new ApiClient(apiPort, 'local-key-bruno-0000000000');
    this.carla = new ApiClient(apiPort, 'local-key-carla-0000000000');
    this.operator = new ApiClient(apiPort, 'local-key-operator-0000000');
    this.compliance = new ApiClient(apiPort, 'local-key-compliance-00000');
    this.exchange = new SimulatorPanel(exchangePort, exchangeCredentials({}).apiKey);
    this.bank = new SimulatorPanel(bankPort, bankCredentials({}).apiKey);
    this.dynamodb = new DynamoDBClient(aws);
    this.sqs = new SQSClient(aws);
    this.s3 = new S3Client({ ...aws, forcePathStyle: true });
    this.#environment = environment;
    this.#process = child;
  }

  static async start({ environment = {} }: StackOptions = {}): Promise<SystemStack> {
    const [apiPort = 0, awsPort = 0, exchangePort = 0, bankPort = 0] = await freePorts(4);
    const dataDir = mkdtempSync(join(tmpdir(), 'brokerage-system-'));
    const addresses = { apiPort, awsPort, exchangePort, bankPort, dataDir };
    const variables = { EXCHANGE_NOISE: 'off', ...environment };
    return new SystemStack(addresses, variables, await startProcess(addresses, variables));
  }

  /** A client with any key, or none. */
  clientWith(apiKey: string | null): ApiClient {
    return new ApiClient(this.addresses.apiPort, apiKey);
  }

  /** SIGKILL to everything at once, simulators included. */
  kill(): Promise<void> {
    return endProcess(this.#process, 'SIGKILL');
  }

  /** Starts it again on what it left behind. */
  async restart(): Promise<void> {
    await endProcess(this.#process, 'SIGTERM');
    this.#process = await startProcess(this.addresses, this.#environment);
  }

  /** Proves the books; what does not add up fails the test. */
  async audit(): Promise<void> {
    const { awsPort, exchangePort } = this.addresses;
    const settings = auditorSettings({ AWS_PORT: String(awsPort), EXCHANGE_PORT: String(exchangePort) });
    expect((await auditStack(settings)).findings).toEqual([]);
  }

  /** Steps the stack's clock, as `POST /_local/clock` does. */
  async advance(duration: string): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${this.addresses.awsPort}/_local/clock`, {
      method: 'POST',
      body: JSON.stringify({ advance: duration }),
    });
    if (!answer.ok) throw new Error(`the clock answers ${answer.status}: ${await answer.text()}`);
  }

  /** Steps the clock, if need be again and again, until an answer is as wanted: for what a schedule mends, at whichever of its runs it can. */
  stepUntil<Answer>(
    step: string,
    what: string,
    ask: () => Promise<Answer>,
    isIt: (answer: Answer) => boolean,
  ): Promise<Answer> {
    const askThen = async () => {
      const answer = await ask();
      if (isIt(answer)) return answer;
      await this.advance(step);
      return ask();
    };
    return eventually(what, askThen, isIt);
  }

  /** Runs something while DynamoDB answers as it does on AWS now and then: probabilities by fault. */
  async underAwsFaults<Result>(faults: Readonly<Record<string, number>>, run: () => Promise<Result>): Promise<Result> {
    await this.#setAwsFaults(faults);
    try {
      return await run();
    } finally {
      await this.#setAwsFaults(Object.fromEntries(Object.keys(faults).map((name) => [name, 0])));
    }
  }

  /** Runs something while statements are missing from a role's policy. */
  async withoutStatements<Result>(
    roleName: string,
    isMissing: (statement: PolicyStatement) => boolean,
    run: () => Promise<Result>,
  ): Promise<Result> {
    const { awsPort } = this.addresses;
    const see = async () => void this.#seenGrants.push(...(await readGrants(awsPort)));
    this.#deprivedRoles.add(roleName);
    // A new policy begins to count anew.
    await see();
    return withoutStatements(awsPort, roleName, isMissing, () => run().finally(see));
  }

  async stop(): Promise<void> {
    for (const client of [this.dynamodb, this.sqs, this.s3]) client.destroy();
    const grants = [...this.#seenGrants, ...(await readGrants(this.addresses.awsPort))];
    await endProcess(this.#process, 'SIGTERM');
    keepRights(basename(this.addresses.dataDir), { grants, denials: this.#denials() });
    if (!process.env.KEEP_SYSTEM_DATA) rmSync(this.addresses.dataDir, { recursive: true });
  }

  /** Calls that IAM refused, but for roles from which a test took something. */
  #denials(): readonly string[] {
    const lines = readFileSync(join(this.addresses.dataDir, 'functions.log'), 'utf8').split('\n');
    return lines.flatMap((line) => {
      const [, role = '', action, resource] =
        /assumed-role\/([^/]+)\/\S+ is not authorized to perform: (\S+) on resource: (\S+)/.exec(line) ?? [];
      return action && !this.#deprivedRoles.has(role) ? [`${role} ${action} ${resource}`] : [];
    });
  }

  async #setAwsFaults(faults: Readonly<Record<string, number>>): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${this.addresses.awsPort}/_local/faults`, {
      method: 'PUT',
      body: JSON.stringify(faults),
    });
    if (!answer.ok) throw new Error(`the faults answer ${answer.status}: ${await answer.text()}`);
  }
}

/** A stack for all tests of a file, gone after the last of them. */
export async function useStack(options: StackOptions = {}): Promise<SystemStack> {
  const stack = await SystemStack.start(options);
  afterAll(() => stack.stop());
  return stack;
}
