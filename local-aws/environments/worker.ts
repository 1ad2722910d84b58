import { parentPort, workerData } from 'node:worker_threads';
import { Environment } from './environment.ts';
import { readInTurns } from './mail-queue.ts';
import { type FromEnvironment, SHARED, type WorkerMail } from './messages.ts';
import { sharedClock } from './shared-clock.ts';

/** How often an idle worker shows that its event loop turns. */
const HEARTBEAT_MS = 50;

const port = parentPort;
if (!port) throw new Error('worker.ts runs as a worker thread');
const shared = workerData as SharedArrayBuffer;
const status = new Int32Array(shared);
const nowMs = sharedClock(shared);
const environments = new Map<number, Environment>();

let outbox: FromEnvironment[] = [];
// Sent as soon as the code of one mail has run, not when all waiting mail has: the kernel works meanwhile.
const post = (message: FromEnvironment): void => {
  if (outbox.length === 0) process.nextTick(flush);
  outbox.push(message);
};
function flush(): void {
  const messages = outbox;
  outbox = [];
  port?.postMessage(messages);
}

const enter = (environmentId: number): void => {
  Atomics.store(status, SHARED.CURRENT, environmentId);
};

function read(mail: WorkerMail): void {
  Atomics.add(status, SHARED.HEARTBEAT, 1);
  enter(mail.environmentId);
  for (const message of mail.messages) {
    if (message.kind === 'create') {
      const environment = new Environment(mail.environmentId, message, { post, nowMs, enter });
      environments.set(mail.environmentId, environment);
      environment.initialize();
    } else if (message.kind === 'drop') {
      environments.get(mail.environmentId)?.abandon();
      environments.delete(mail.environmentId);
      post({ kind: 'dropped', environmentId: mail.environmentId });
    } else {
      environments.get(mail.environmentId)?.receive(message);
    }
  }
  setImmediate(() => environments.get(mail.environmentId)?.settle());
}

port.on('message', readInTurns(read));
setInterval(() => Atomics.add(status, SHARED.HEARTBEAT, 1), HEARTBEAT_MS);

// Whose rejection it is shows in whose Promise it is: each environment has its own.
process.on('unhandledRejection', (reason, promise) => {
  for (const environment of environments.values()) {
    if (!environment.owns(promise)) continue;
    environment.crash('Runtime.UnhandledPromiseRejection', reason);
    return;
  }
  throw reason;
});

// An exception in a callback of Node itself (a socket, a stream) on behalf of an environment's code: the current one's.
process.on('uncaughtException', (error) => {
  const environment = environments.get(Atomics.load(status, SHARED.CURRENT));
  if (!environment) throw error;
  environment.crash('Runtime.UnhandledException', error);
});
