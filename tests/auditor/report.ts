import { CHECKS } from './audit-books.ts';
import type { AuditResult } from './audit-stack.ts';
import { groupBy } from './grouping.ts';

const MAX_SHOWN = 100;

/** The result as a person reads it. */
export function reportOf({ books, findings }: AuditResult): string {
  const { orders, fills, entries, events, executions, nowMs } = books;
  const counts = `${orders.length} orders, ${fills.length} fills, ${entries.length} entries, ${events.length} events`;
  const byCheck = groupBy(findings, (finding) => finding.check);
  const lines = [
    `Books at ${new Date(nowMs).toISOString()}: ${counts}; ${executions.length} reports at the exchange`,
    ...CHECKS.map(({ name }) => `  ${name.padEnd(24)}${verdict(byCheck.get(name)?.length ?? 0)}`),
    ...findings.slice(0, MAX_SHOWN).map(({ check, subject, detail }) => `${check}: ${subject} ${detail}`),
  ];
  if (findings.length > MAX_SHOWN) lines.push(`and ${findings.length - MAX_SHOWN} more`);
  lines.push(findings.length === 0 ? 'The books add up.' : `The books do NOT add up: ${findings.length} findings.`);
  return lines.join('\n');
}

function verdict(count: number): string {
  return count === 0 ? 'ok' : `${count} found`;
}
