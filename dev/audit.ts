/** `npm run audit`: fails where the registry knows a vulnerability of a package in the lock file; says so where no registry answers. */
import { spawnSync } from 'node:child_process';
import { ROOT } from './input-hash.ts';
import { readAuditAnswer } from './supply-chain/audit-answer.ts';

const TIMEOUT_MS = 60_000;

const { stdout, error } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000'], {
  cwd: ROOT,
  encoding: 'utf8',
  timeout: TIMEOUT_MS,
});
if (error) throw error;
const answer = readAuditAnswer(stdout);
switch (answer.kind) {
  case 'CLEAN':
    console.log('audit: no known vulnerability');
    break;
  case 'UNANSWERED':
    console.warn(`audit: SKIPPED, nothing was checked: the registry does not answer (${answer.why})`);
    break;
  case 'VULNERABLE':
    console.error(`audit: ${answer.findings.length} vulnerable packages\n${answer.findings.join('\n')}`);
    process.exitCode = 1;
}
