/** `npm run books:verify`: proves the books of the running stack. Exit 0, or 1 with what does not add up. */
import { auditStack } from './audit-stack.ts';
import { reportOf } from './report.ts';
import { auditorSettings } from './settings.ts';

const settings = auditorSettings(process.env);
try {
  const result = await auditStack(settings);
  console.log(reportOf(result));
  process.exitCode = result.findings.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`The books cannot be read at ${settings.awsEndpoint} and ${settings.exchangeUrl}:`, error);
  process.exitCode = 1;
}
