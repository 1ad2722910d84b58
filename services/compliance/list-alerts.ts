import type { AlertView } from '@brokerage/contracts/rest/staff';
import * as z from 'zod';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import { type AlertItem, alertView, monthOf } from './alert.ts';

export interface AlertsPage {
  readonly alerts: readonly AlertItem[];
  readonly lastId: string | null;
}

/** A month's alerts, newest first, after an alert id. */
export type ReadAlerts = (month: string, afterId: string | null, limit: number) => Promise<AlertsPage>;

const AlertsPlace = z.strictObject({ month: z.string(), after: z.string() });

/** The cursor keeps its month, so that a list begun at midnight does not jump to another. */
export async function listAlerts(
  query: { readonly month?: string; readonly cursor?: string; readonly limit: number },
  nowMs: number,
  readAlerts: ReadAlerts,
): Promise<ApiAnswer<{ items: AlertView[]; nextCursor: string | null }>> {
  const place = decodeCursor(AlertsPlace, query.cursor);
  if (place === null) return problem('INVALID_CURSOR');
  const month = place?.month ?? query.month ?? monthOf(nowMs);
  const { alerts, lastId } = await readAlerts(month, place?.after ?? null, query.limit);
  return answer({
    items: alerts.map(alertView),
    nextCursor: lastId === null ? null : encodeCursor({ month, after: lastId }),
  });
}
