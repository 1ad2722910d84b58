import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import type { FillView } from '@brokerage/contracts/rest/orders';
import type { ReadAuditTrail } from '../platform/audit-item.ts';
import type { ObjectBucket } from '../platform/object-bucket.ts';
import { fillView } from '../platform/order-view.ts';
import { carriesAllFills, isReceiptDue, receiptKey, receiptOf } from './receipt.ts';

export interface ReceiptPorts {
  readonly bucket: Pick<ObjectBucket, 'put'>;
  readonly readAuditTrail: ReadAuditTrail;
}

/** Writes the receipt of an ended order, once it is due. */
export async function writeReceipt(event: OrderEventMessage, ports: ReceiptPorts): Promise<void> {
  if (!isReceiptDue(event)) return;
  const fills = carriesAllFills(event) ? event.fills : await fillsUpTo(event, ports.readAuditTrail);
  await ports.bucket.put(receiptKey(event.orderId), JSON.stringify(receiptOf(event, fills)), 'application/json');
}

/** Those booked up to the event, from the audit trail: later ones are of a later event. */
async function fillsUpTo(event: OrderEventMessage, readAuditTrail: ReadAuditTrail): Promise<readonly FillView[]> {
  const trail = await readAuditTrail(event.orderId, 1);
  return trail.filter(({ seq }) => seq <= event.seq).flatMap(({ payload }) => payload.fills.map(fillView));
}
