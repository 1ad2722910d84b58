import type { StreamRequest } from '@brokerage/contracts/stream';
import { countMetric } from '../platform/metric.ts';
import type { ConnectionKey } from './stream-connection.ts';
import { type StreamDesk, tell } from './stream-desk.ts';
import { parseStreamRequest, refused, type StreamRefusal } from './stream-request.ts';
import { subscribeOrders, unsubscribeOrders } from './subscribe-orders.ts';
import { subscribePrices, unsubscribePrices } from './subscribe-prices.ts';

/** Does what a frame asks for, or answers an error; the connection stays either way. This is the frame's edge: nothing is thrown on. */
export async function handleStreamMessage(
  desk: StreamDesk,
  key: ConnectionKey,
  text: string,
  nowMs: number,
): Promise<void> {
  const refusal = await refusalOf(desk, key, text, nowMs);
  if (!refusal) return;
  const { code, detail } = refusal;
  desk.log.info('frame refused', { code });
  await tell(desk, key, { type: 'error', code, ...(detail === undefined ? {} : { detail }) });
}

async function refusalOf(
  desk: StreamDesk,
  key: ConnectionKey,
  text: string,
  nowMs: number,
): Promise<StreamRefusal | null> {
  const parsed = parseStreamRequest(text);
  if (!parsed.ok) return parsed;
  try {
    return await carryOut(desk, key, parsed.request, nowMs);
  } catch (error) {
    desk.log.error('frame failed', error);
    countMetric('ApiFailures', nowMs, { operation: 'handle-stream-message' });
    return refused('INTERNAL_ERROR');
  }
}

async function carryOut(
  desk: StreamDesk,
  key: ConnectionKey,
  request: StreamRequest,
  nowMs: number,
): Promise<StreamRefusal | null> {
  if (request.action === 'ping') await tell(desk, key, { type: 'pong' });
  else if (request.channel === 'orders') {
    if (request.action === 'subscribe') return subscribeOrders(desk, key, request, nowMs);
    await unsubscribeOrders(desk, key, nowMs);
  } else {
    if (request.action === 'subscribe') return subscribePrices(desk, key, request);
    await unsubscribePrices(desk, key, request);
  }
  return null;
}
