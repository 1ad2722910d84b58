import type { ContextReader } from './access-request.ts';
import { actionMatcher, patternMatcher } from './pattern.ts';
import type { Caller, PrincipalMatch } from './principal-element.ts';
import type { Statement } from './statement.ts';

/** `ACCOUNT`: allowed to the account, so that the caller's own policies decide. */
export type Verdict = 'ALLOW' | 'DENY' | 'ACCOUNT' | 'NONE';

export interface Grant {
  readonly action: string;
  readonly resource: string;
  /** The statement's `Condition`, as written. */
  readonly condition?: object;
  readonly calls: number;
}

/** What the statements say of one action on one resource, as far as it does not depend on the request. */
interface Applicable {
  readonly unconditional: Verdict | undefined;
  /** Those that cover it, when it depends on caller or conditions. */
  readonly statements: readonly Statement[];
  /** Calls that each of the statements let through. */
  readonly uses: number[];
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

  /** Remembers that a call was let through, at each statement that allowed it. */
  used(action: string, resource: string, caller: Caller, read: ContextReader): void {
    const { unconditional, statements, uses } = this.#applicable(action, resource);
    for (let index = 0; index < statements.length; index += 1) {
      if (unconditional || matchOf(statements[index]!, caller, read) !== 'NONE') uses[index] = (uses[index] ?? 0) + 1;
    }
  }

  /** Every action and resource that is allowed, as written, with the number of calls that its statement let through. */
  grants(): readonly Grant[] {
    return this.#statements.filter(({ isDeny }) => !isDeny).flatMap((statement) => this.#grantsOf(statement));
  }

  forgetUses(): void {
    for (const byResource of this.#cache.values())
      for (const applicable of byResource.values()) applicable.uses.fill(0);
  }

  #grantsOf(statement: Statement): readonly Grant[] {
    const { actions, resources, condition } = statement;
    const uses = this.#usesOf(statement);
    return actions.flatMap((action) =>
      resources.map((resource) => {
        const [coversAction, coversResource] = [actionMatcher([action]), patternMatcher(resource)];
        const covered = uses.filter((use) => coversAction(use.action) && coversResource(use.resource));
        const calls = covered.reduce((sum, use) => sum + use.calls, 0);
        return { action, resource, ...(condition ? { condition } : {}), calls };
      }),
    );
  }

  #usesOf(statement: Statement): readonly Grant[] {
    return [...this.#cache].flatMap(([action, byResource]) =>
      [...byResource].map(([resource, { statements, uses }]) => ({
        action,
        resource,
        calls: uses[statements.indexOf(statement)] ?? 0,
      })),
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
    return {
      unconditional: isDependent ? undefined : weighUnconditional(statements),
      statements,
      uses: statements.map(() => 0),
    };
  }
}

function weighUnconditional(statements: readonly Statement[]): Verdict {
  if (statements.some(({ isDeny }) => isDeny)) return 'DENY';
  return statements.length > 0 ? 'ALLOW' : 'NONE';
}

function weigh(statements: readonly Statement[], caller: Caller, read: ContextReader): Verdict {
  let verdict: Verdict = 'NONE';
  for (const statement of statements) {
    const match = matchOf(statement, caller, read);
    if (match === 'NONE') continue;
    if (statement.isDeny) return 'DENY';
    if (match === 'CALLER') verdict = 'ALLOW';
    else if (verdict === 'NONE') verdict = 'ACCOUNT';
  }
  return verdict;
}

/** Whether a statement that covers action and resource speaks of this caller and this request. */
function matchOf({ principal, conditions }: Statement, caller: Caller, read: ContextReader): PrincipalMatch {
  const match = principal ? principal(caller) : 'CALLER';
  return match !== 'NONE' && conditions.every((holds) => holds(read)) ? match : 'NONE';
}
