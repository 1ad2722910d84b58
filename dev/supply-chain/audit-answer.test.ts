import { describe, expect, it } from 'vitest';
import { readAuditAnswer } from './audit-answer.ts';

const read = (report: object) => readAuditAnswer(JSON.stringify(report));
const NO_DETAIL = { summary: '', detail: '' };

describe('what npm audit wrote', () => {
  it('is clean without vulnerabilities', () => {
    expect(read({ auditReportVersion: 2, vulnerabilities: {} })).toEqual({ kind: 'CLEAN' });
  });

  it('names what is vulnerable, and why', () => {
    const advisory = { source: 1, title: 'Prototype pollution', url: 'https://github.com/advisories/GHSA-1' };
    const vulnerabilities = {
      leaf: { severity: 'high', range: '<2.0.0', via: [advisory] },
      root: { severity: 'high', range: '*', via: ['leaf'] },
    };
    expect(read({ auditReportVersion: 2, vulnerabilities })).toEqual({
      kind: 'VULNERABLE',
      findings: [
        'high: leaf <2.0.0: Prototype pollution (https://github.com/advisories/GHSA-1)',
        'high: root *: by leaf',
      ],
    });
  });

  it.each([
    [
      'no registry',
      'request to http://127.0.0.1:9/-/npm/v1/security/advisories/bulk failed, reason: connect ECONNREFUSED',
    ],
    ['a mirror without advisories', '405 Method Not Allowed - POST https://mirror/-/npm/v1/security/advisories/bulk'],
  ])('is no answer from %s', (_what, message) => {
    expect(read({ message, error: NO_DETAIL })).toEqual({ kind: 'UNANSWERED', why: message });
  });

  it('is a failure where npm itself failed', () => {
    const error = { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.' };
    expect(() => read({ message: 'loadVirtual requires existing shrinkwrap file', error })).toThrow(error.summary);
    expect(() => readAuditAnswer('')).toThrow();
  });
});
