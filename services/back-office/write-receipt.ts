import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import type { FillView, ReceiptView } from '@brokerage/contracts/rest/orders';
import type { ReadAuditTrail } from '../platform/audit-item.ts';
import type { ObjectBucket } from '../platform/object-bucket.ts';
import { fillView } from '../platform/order-view.ts';
import { carriesAllFills, isReceiptDue, receiptKey, receiptOf } from './receipt.ts';

export interface ReceiptPorts {
  readonly bucket: ObjectBucket;
  readonly readAuditTrail: ReadAuditTrail;
}

/** Writes the receipt of an ended order, once it is due. An event older than the one that the receipt is of changes nothing. */
export async function writeReceipt(event: OrderEventMessage, ports: ReceiptPorts): Promise<void> {
  if (!isReceiptDue(event)) return;
  const fills = carriesAllFills(event) ? event.fills : await fillsUpTo(event, ports.readAuditTrail);
  const receipt = JSON.stringify(receiptOf(event, fills));
  const key = receiptKey(event.orderId);
  if (await ports.bucket.putNew(key, receipt, 'application/json')) return;
  const written: ReceiptView | null = JSON.parse((await ports.bucket.get(key)) ?? 'null');
  if (!written || written.seq < event.seq) await ports.bucket.put(key, receipt, 'application/json');
}

/** Those booked up to the event, from the audit trail: later ones are of a later event. */
async function fillsUpTo(event: OrderEventMessage, readAuditTrail: ReadAuditTrail): Promise<readonly FillView[]> {
  const trail = await readAuditTrail(event.orderId, 1);
  return trail.filter(({ seq }) => seq <= event.seq).flatMap(({ payload }) => payload.fills.map(fillView));
}
