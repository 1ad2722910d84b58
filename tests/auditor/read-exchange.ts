import type { ExecutionReport, ExecutionsPage } from '@brokerage/contracts/exchange';
import type { AuditorSettings } from './settings.ts';

/** Every report that the exchange ever made to this member, by its own account. */
export async function readExecutions({ exchangeUrl, exchangeApiKey }: AuditorSettings): Promise<ExecutionReport[]> {
  const all: ExecutionReport[] = [];
  for (;;) {
    const since = all.at(-1)?.seq ?? 0;
    const answer = await fetch(`${exchangeUrl}/executions?since=${since}`, {
      headers: { authorization: `Bearer ${exchangeApiKey}` },
    });
    if (!answer.ok) throw new Error(`the exchange answers ${answer.status} when asked for its executions`);
    const { reports, lastSeq } = (await answer.json()) as ExecutionsPage;
    all.push(...reports);
    if (reports.length === 0 || (all.at(-1)?.seq ?? 0) >= lastSeq) return all;
  }
}
