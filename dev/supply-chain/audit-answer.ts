export type AuditAnswer =
  | { readonly kind: 'CLEAN' }
  /** `findings`: a line a package. */
  | { readonly kind: 'VULNERABLE'; readonly findings: readonly string[] }
  /** No registry, or one that does not tell vulnerabilities. */
  | { readonly kind: 'UNANSWERED'; readonly why: string };

interface Report {
  readonly auditReportVersion?: number;
  readonly vulnerabilities?: Readonly<Record<string, Vulnerability>>;
  /** Of an error instead of a report. */
  readonly message?: string;
  readonly error?: { readonly code?: string; readonly summary?: string };
}

interface Vulnerability {
  readonly severity: string;
  readonly range: string;
  /** The advisories themselves, and names of packages that bring a vulnerable one. */
  readonly via: readonly (string | { readonly title: string; readonly url: string })[];
}

/** What `npm audit --json` wrote. Throws for what is neither a report nor a registry's silence: a lock file that is not there, say. */
export function readAuditAnswer(output: string): AuditAnswer {
  const report = JSON.parse(output) as Report;
  if (report.auditReportVersion !== undefined && report.vulnerabilities) return judge(report.vulnerabilities);
  // npm gives its own failures a code, and what a registry did or did not say a message.
  if (report.message !== undefined && report.error?.code === undefined) {
    return { kind: 'UNANSWERED', why: report.message };
  }
  throw new Error(`npm audit failed: ${report.error?.summary ?? output}`);
}

function judge(vulnerabilities: Readonly<Record<string, Vulnerability>>): AuditAnswer {
  const findings = Object.entries(vulnerabilities).map(([name, { severity, range, via }]) => {
    const causes = via.map((cause) => (typeof cause === 'string' ? `by ${cause}` : `${cause.title} (${cause.url})`));
    return `${severity}: ${name} ${range}: ${causes.join('; ')}`;
  });
  return findings.length === 0 ? { kind: 'CLEAN' } : { kind: 'VULNERABLE', findings };
}
