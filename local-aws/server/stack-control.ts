import type { Kernel } from '../kernel/kernel.ts';
import type { WireRequest, WireResponse } from '../kernel/service.ts';
import type { DynamoDbFaults } from '../services/dynamodb/faults.ts';
import { addDuration } from './duration.ts';
import { setFaults } from './fault-control.ts';

/** `/_local/…` on `AWS_PORT`: what a laptop can do that AWS cannot. */
export function createStackControl(
  kernel: Kernel,
  clockFollowers: readonly string[],
  faults: DynamoDbFaults,
): (request: WireRequest) => Promise<WireResponse> {
  return async (request) => {
    switch (`${request.method} ${request.path}`) {
      case 'GET /_local/clock':
        return json(200, clockBody(kernel));
      case 'POST /_local/clock':
        return stepClock(kernel, clockFollowers, request);
      case 'GET /_local/meter':
        return json(200, {
          calls: kernel.meter.read(),
          iteratorAges: kernel.meter.readIteratorAges(),
          grants: kernel.authorization.grants(),
        });
      case 'DELETE /_local/meter':
        kernel.meter.reset();
        kernel.authorization.forgetUses();
        return json(200, {});
      case 'GET /_local/faults':
        return json(200, faults);
      case 'PUT /_local/faults':
        return setFaults(faults, bodyOf(request))
          ? json(200, faults)
          : json(400, { message: `expected probabilities of ${Object.keys(faults).join(', ')}` });
      default:
        return json(404, { message: `no ${request.method} ${request.path}` });
    }
  };
}

async function stepClock(kernel: Kernel, followers: readonly string[], request: WireRequest): Promise<WireResponse> {
  const target = readTarget(kernel.clock.nowMs(), request);
  if (target === undefined) return json(400, { message: 'expected {"advance":"P2D"} or {"to":"<ISO instant>"}' });
  if (target < kernel.clock.nowMs()) return json(400, { message: 'the clock never goes back' });
  await advanceTo(kernel, target, followers);
  return json(200, clockBody(kernel));
}

/**
 * Steps from timer to timer until `targetMs`, waiting after each for the stack to be idle, so that every schedule on
 * the way runs at its own time and finds the work of the one before done.
 */
export async function advanceTo(kernel: Kernel, targetMs: number, followers: readonly string[] = []): Promise<void> {
  const follow = async (nowMs: number, isLast = false): Promise<void> => {
    for (const follower of followers) await tellFollower(follower, nowMs, isLast);
    await kernel.activity.idle();
  };
  await kernel.activity.idle();
  for (;;) {
    const nextMs = kernel.clock.nextTimerMs();
    if (nextMs === undefined || nextMs > targetMs) break;
    kernel.clock.step(nextMs);
    await follow(nextMs);
  }
  kernel.clock.step(targetMs);
  await follow(targetMs, true);
}

async function tellFollower(url: string, nowMs: number, isLast: boolean): Promise<void> {
  const body = JSON.stringify({ nowMs: Math.floor(nowMs), isLast });
  const answer = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`${url} did not follow the clock: ${answer.status} ${await answer.text()}`);
}

function readTarget(nowMs: number, request: WireRequest): number | undefined {
  const body = (bodyOf(request) ?? {}) as { advance?: unknown; to?: unknown };
  if (typeof body.advance === 'string') return addDuration(nowMs, body.advance);
  if (typeof body.to !== 'string') return undefined;
  const targetMs = Date.parse(body.to);
  return Number.isNaN(targetMs) ? undefined : targetMs;
}

/** Undefined when it is no JSON. */
function bodyOf(request: WireRequest): unknown {
  try {
    return JSON.parse(Buffer.from(request.body as Uint8Array).toString('utf8'));
  } catch {
    return undefined;
  }
}

function clockBody(kernel: Kernel): { now: string; nowMs: number } {
  const nowMs = kernel.clock.nowMs();
  return { now: new Date(nowMs).toISOString(), nowMs };
}

function json(status: number, body: unknown): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
