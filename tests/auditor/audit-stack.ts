import { setTimeout as pause } from 'node:timers/promises';
import { auditBooks } from './audit-books.ts';
import type { Books } from './books.ts';
import type { Finding } from './finding.ts';
import { readBooks } from './read-books.ts';
import type { AuditorSettings } from './settings.ts';

export interface AuditResult {
  readonly books: Books;
  readonly findings: readonly Finding[];
}

const MAX_READS = 8;
const PAUSE_MS = 500;

/**
 * Audits a running stack. Its tables cannot be read at one instant, and a report may be on its way from the exchange: what does not
 * add up is read again, and only what stands in every reading is a finding.
 */
export async function auditStack(settings: AuditorSettings): Promise<AuditResult> {
  let books = await readBooks(settings);
  let findings = auditBooks(books);
  for (let reads = 1; findings.length > 0 && reads < MAX_READS; reads += 1) {
    await pause(PAUSE_MS);
    books = await readBooks(settings);
    const before = new Set(findings.map(identityOf));
    findings = auditBooks(books).filter((finding) => before.has(identityOf(finding)));
  }
  return { books, findings };
}

/** The figures of a doubt change while orders come in; what it is about does not. */
function identityOf({ check, subject }: Finding): string {
  return `${check}|${subject}`;
}
