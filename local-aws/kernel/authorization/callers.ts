import type { Principal } from '../principal.ts';
import type { Caller } from './principal-element.ts';
import { type PolicyDocuments, RoleGrants } from './role-grants.ts';

/** Who a principal is to policies, and by which role it acts. */
export interface Actor {
  readonly caller: Caller;
  /** As a denial names it. */
  readonly user: string;
  readonly grants: RoleGrants | undefined;
}

/** The account's roles. */
export interface RoleSource {
  readonly arns: () => readonly string[];
  /** A role's documents by its ARN; undefined when there is no such role. */
  readonly find: (roleArn: string) => PolicyDocuments | undefined;
}

/** Every principal with its role's policies, read once. */
export class Callers {
  readonly #accountId: string;
  readonly #roles: RoleSource;
  readonly #grants = new Map<string, RoleGrants>();
  readonly #sessions = new Map<string, Map<string, Actor>>();

  constructor(accountId: string, roles: RoleSource) {
    this.#accountId = accountId;
    this.#roles = roles;
  }

  actorOf(principal: Principal): Actor {
    switch (principal.kind) {
      case 'function':
        return this.#session(principal.roleArn, principal.functionName, 'lambda.amazonaws.com');
      case 'service': {
        const { roleArn, service, sourceArn } = principal;
        if (roleArn !== undefined) return this.#session(roleArn, sourceArn.split(':').at(-1) ?? service, service);
        return { caller: { arns: [], accountId: undefined, service }, user: service, grants: undefined };
      }
      case 'administrator': {
        const user = `arn:aws:iam::${this.#accountId}:user/administrator`;
        return { caller: { arns: [user], accountId: this.#accountId, service: undefined }, user, grants: undefined };
      }
    }
  }

  /** Every role with what it allows and has let through. */
  all(): readonly RoleGrants[] {
    return this.#roles.arns().map((arn) => this.#grantsOf(arn));
  }

  /** The template gives other policies now. */
  forget(): void {
    this.#grants.clear();
    this.#sessions.clear();
  }

  #session(roleArn: string, sessionName: string, service: string): Actor {
    let sessions = this.#sessions.get(roleArn);
    if (!sessions) {
      sessions = new Map();
      this.#sessions.set(roleArn, sessions);
    }
    const known = sessions.get(sessionName);
    if (known) return known;
    const grants = this.#grantsOf(roleArn);
    grants.assumeBy(service);
    const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
    const user = `arn:aws:sts::${this.#accountId}:assumed-role/${roleName}/${sessionName}`;
    const actor: Actor = {
      caller: { arns: [roleArn, user], accountId: this.#accountId, service: undefined },
      user,
      grants,
    };
    sessions.set(sessionName, actor);
    return actor;
  }

  #grantsOf(roleArn: string): RoleGrants {
    let grants = this.#grants.get(roleArn);
    if (!grants) {
      grants = new RoleGrants(roleArn, this.#roles.find(roleArn));
      this.#grants.set(roleArn, grants);
    }
    return grants;
  }
}
