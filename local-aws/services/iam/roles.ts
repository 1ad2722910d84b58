import { compileStatements } from '../../kernel/authorization/statement.ts';
import { AwsError } from '../../kernel/aws-error.ts';

/** A policy's document as the template has it. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAtMs: number;
  readonly trustPolicy: PolicyDocument;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly document: PolicyDocument;
}

interface Grant {
  /** Resource of the template that gives it; applied again, it takes back what it no longer gives. */
  readonly source: string;
  readonly roleName: string;
}

export interface InlinePolicy extends Grant {
  readonly name: string;
  readonly document: PolicyDocument;
}

export interface Attachment extends Grant {
  readonly policyArn: string;
}

/**
 * Roles and what they grant, as the template has them at this start. They are not kept in the store on purpose: a grant
 * that left the template must not outlive the restart.
 */
export class Roles {
  readonly #roles = new Map<string, Role>();
  readonly #managed = new Map<string, ManagedPolicy>();
  readonly #changed: () => void;
  #inline: InlinePolicy[] = [];
  #attachments: Attachment[] = [];

  /** @param changed called after each change */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  put(role: Role): void {
    compileStatements(role.trustPolicy, 'trust');
    this.#roles.set(role.name, role);
    this.#changed();
  }

  putManaged(policy: ManagedPolicy): void {
    compileStatements(policy.document, 'identity');
    this.#managed.set(policy.arn, policy);
    this.#changed();
  }

  /** Replaces all that `source` gave. @throws AwsError NoSuchEntity when a role or a managed policy is not there */
  grant(source: string, inline: readonly InlinePolicy[], attachments: readonly Attachment[]): void {
    for (const { roleName } of [...inline, ...attachments]) this.get(roleName);
    for (const { policyArn } of attachments) this.managed(policyArn);
    for (const { document } of inline) compileStatements(document, 'identity');
    this.#inline = [...this.#inline.filter((policy) => policy.source !== source), ...inline];
    this.#attachments = [...this.#attachments.filter((attachment) => attachment.source !== source), ...attachments];
    this.#changed();
  }

  /** Adds or replaces one inline policy of a role, until the template is loaded again. @throws AwsError NoSuchEntity, MalformedPolicyDocument */
  putInline(roleName: string, name: string, document: PolicyDocument): void {
    this.get(roleName);
    compileStatements(document, 'identity');
    const isOther = (policy: InlinePolicy) => policy.roleName !== roleName || policy.name !== name;
    this.#inline = [...this.#inline.filter(isOther), { source: 'PutRolePolicy', roleName, name, document }];
    this.#changed();
  }

  /** @throws AwsError NoSuchEntity */
  get(name: string): Role {
    const role = this.#roles.get(name);
    if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`);
    return role;
  }

  /** @throws AwsError NoSuchEntity */
  managed(arn: string): ManagedPolicy {
    const policy = this.#managed.get(arn);
    if (!policy) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
    return policy;
  }

  all(): readonly Role[] {
    return [...this.#roles.values()];
  }

  allManaged(): readonly ManagedPolicy[] {
    return [...this.#managed.values()];
  }

  inlineOf(roleName: string): readonly InlinePolicy[] {
    return this.#inline.filter((policy) => policy.roleName === roleName);
  }

  attachedTo(roleName: string): readonly ManagedPolicy[] {
    const arns = this.#attachments.filter((item) => item.roleName === roleName).map(({ policyArn }) => policyArn);
    return [...new Set(arns)].map((arn) => this.managed(arn));
  }
}

export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, { status: 404 });
}
