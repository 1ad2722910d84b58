import type { ContextReader } from './access-request.ts';
import { actionMatcher, patternMatcher } from './pattern.ts';
import type { Caller } from './principal-element.ts';
import type { Statement } from './statement.ts';

/** `ACCOUNT`: allowed to the account, so that the caller's own policies decide. */
export type Verdict = 'ALLOW' | 'DENY' | 'ACCOUNT' | 'NONE';

export interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly calls: number;
}

/** What the statements say of one action on one resource, as far as it does not depend on the request. */
interface Applicable {
  readonly unconditional: Verdict | undefined;
  /** Those that cover it, when it depends on caller or conditions. */
  readonly statements: readonly Statement[];
  /** Calls that were let through by it. */
  uses: number;
}

/** Names of objects have no end: beyond this many resources an action's decisions are made anew each time, and not counted. */
const MAX_CACHED_RESOURCES = 10_000;

/** The policies that decide together: all of a role's, or one resource's. An explicit deny wins over every allow. */
export class PolicySet {
  readonly #statements: readonly Statement[];
  readonly #cache = new Map<string, Map<string, Applicable>>();

  constructor(statements: readonly Statement[]) {
    this.#statements = statements;
  }

  decide(action: string, resource: string, caller: Caller, read: ContextReader): Verdict {
    const applicable = this.#applicable(action, resource);
    return applicable.unconditional ?? weigh(applicable.statements, caller, read);
  }

  /** Remembers that a call was let through. */
  used(action: string, resource: string): void {
    this.#applicable(action, resource).uses += 1;
  }

  /** Every action and resource that is allowed, as written, with the number of calls that it let through. */
  grants(): readonly Grant[] {
    const uses = this.#uses();
    return this.#statements
      .filter(({ isDeny }) => !isDeny)
      .flatMap(({ actions, resources }) =>
        actions.flatMap((action) =>
          resources.map((resource) => {
            const [coversAction, coversResource] = [actionMatcher([action]), patternMatcher(resource)];
            const covered = uses.filter((use) => coversAction(use.action) && coversResource(use.resource));
            return { action, resource, calls: covered.reduce((sum, { calls }) => sum + calls, 0) };
          }),
        ),
      );
  }

  forgetUses(): void {
    for (const byResource of this.#cache.values()) for (const applicable of byResource.values()) applicable.uses = 0;
  }

  #uses(): readonly Grant[] {
    return [...this.#cache].flatMap(([action, byResource]) =>
      [...byResource].map(([resource, { uses }]) => ({ action, resource, calls: uses })),
    );
  }

  #applicable(action: string, resource: string): Applicable {
    let byResource = this.#cache.get(action);
    if (!byResource) {
      byResource = new Map();
      this.#cache.set(action, byResource);
    }
    const known = byResource.get(resource);
    if (known) return known;
    const found = this.#find(action, resource);
    if (byResource.size < MAX_CACHED_RESOURCES) byResource.set(resource, found);
    return found;
  }

  #find(action: string, resource: string): Applicable {
    const statements = this.#statements.filter(
      ({ coversAction, coversResource }) => coversAction(action) && coversResource(resource),
    );
    const isDependent = statements.some(({ principal, conditions }) => principal || conditions.length > 0);
    return { unconditional: isDependent ? undefined : weighUnconditional(statements), statements, uses: 0 };
  }
}

function weighUnconditional(statements: readonly Statement[]): Verdict {
  if (statements.some(({ isDeny }) => isDeny)) return 'DENY';
  return statements.length > 0 ? 'ALLOW' : 'NONE';
}

function weigh(statements: readonly Statement[], caller: Caller, read: ContextReader): Verdict {
  let verdict: Verdict = 'NONE';
  for (const { isDeny, principal, conditions } of statements) {
    const match = principal ? principal(caller) : 'CALLER';
    if (match === 'NONE' || !conditions.every((holds) => holds(read))) continue;
    if (isDeny) return 'DENY';
    if (match === 'CALLER') verdict = 'ALLOW';
    else if (verdict === 'NONE') verdict = 'ACCOUNT';
  }
  return verdict;
}
