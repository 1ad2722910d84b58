import { AwsError } from '../aws-error.ts';
import { PolicySet } from './policy-set.ts';
import { compileStatements } from './statement.ts';

/** A role's documents, as the template has them. */
export interface PolicyDocuments {
  readonly trust: object;
  readonly identity: readonly object[];
}

/** What one role may do, and which services may act by it. */
export class RoleGrants {
  readonly policies: PolicySet;
  readonly roleArn: string;
  readonly #trust: PolicySet;

  constructor(roleArn: string, documents: PolicyDocuments | undefined) {
    this.roleArn = roleArn;
    this.#trust = new PolicySet(documents ? compileStatements(documents.trust, 'trust') : []);
    this.policies = new PolicySet(
      (documents?.identity ?? []).flatMap((document) => compileStatements(document, 'identity')),
    );
  }

  /** @throws AwsError AccessDenied when the role does not trust the service, or is not there */
  assumeBy(service: string): void {
    const caller = { arns: [], accountId: undefined, service };
    if (this.#trust.decide('sts:AssumeRole', this.roleArn, caller, () => undefined) === 'ALLOW') return;
    const message = `User: ${service} is not authorized to perform: sts:AssumeRole on resource: ${this.roleArn}`;
    throw new AwsError('AccessDenied', message, { status: 403 });
  }
}
