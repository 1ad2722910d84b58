import type { Books } from '../books.ts';
import type { Check, Doubt } from '../finding.ts';

/** What was written was published, and nothing was published that was not written: the archive hears what the topic tells. */
export const PUBLICATION: Check = { name: 'publication', findIn };

function* findIn({ events, archivedEventIds }: Books): Generator<Doubt> {
  const archived = new Set(archivedEventIds);
  for (const { orderId, seq } of events) {
    const subject = `${orderId}#${seq}`;
    if (!archived.delete(subject)) yield { subject, detail: 'was never published' };
  }
  for (const subject of archived) yield { subject, detail: 'was published and never written' };
}
