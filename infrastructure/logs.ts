import { ArnFormat, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { exemptWildcard } from './exempt.ts';
import type { ServiceFunction } from './service-function.ts';
import { physicalName, recordRemovalPolicy } from './stage.ts';

/** A log group a capability: what an order went through is read in one place, and a stack has room for 500 resources. */
export class Logs extends Construct {
  readonly #groups = new Map<string, LogGroup>();

  constructor(scope: Construct) {
    super(scope, 'Logs');
  }

  /** @param entry `<capability>/<verb-noun>` */
  groupOf(entry: string): LogGroup {
    const capability = entry.slice(0, entry.indexOf('/'));
    const known = this.#groups.get(capability);
    if (known) return known;
    const made = new LogGroup(this, capability, {
      logGroupName: `/${physicalName(this, 'brokerage')}/${capability}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: recordRemovalPolicy(this),
    });
    this.#groups.set(capability, made);
    return made;
  }
}

/**
 * Lambda names a function's streams `YYYY/MM/DD/<function>[<version>][<environment>]`, by which it writes to its own alone.
 * Source: Lambda developer guide, "Configuring CloudWatch log groups".
 */
export function mayWriteLog(lambda: ServiceFunction, group: LogGroup, functionName: string): void {
  const streams = Stack.of(lambda).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${group.logGroupName}:log-stream:*/${functionName}[*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  lambda.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], streams);
  exemptWildcard(
    lambda,
    streams,
    'Lambda draws the names of the streams; the function’s own name is in each of its streams',
  );
}
