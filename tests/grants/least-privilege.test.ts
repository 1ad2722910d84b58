import { expect, it } from 'vitest';
import { keptRights, usesByGrant } from './grant-uses.ts';
import { READS_OF_A_RACE, UNUSED_GRANTS, type UnusedGrant } from './unused-grants.ts';

/** Of every stack that the system tests of this run started. */
const stacks = keptRights();
const uses = usesByGrant(stacks);
const listed = UNUSED_GRANTS.map(textOf);

it('compares with system tests that ran before it: npm run test:system', () => {
  expect(stacks.length).toBeGreaterThan(0);
});

it('every grant was used by a system test, or is listed with the reason why none can', () => {
  const unused = [...uses].flatMap(([grant, calls]) => (calls === 0 ? [grant] : []));
  expect(unused.filter((grant) => !listed.includes(grant))).toEqual([]);
});

it('every grant in that list is one', () => {
  expect(listed.filter((grant) => !uses.has(grant))).toEqual([]);
});

it('of the grants for one race, which a run may miss here and there, some were used', () => {
  expect(READS_OF_A_RACE.map(textOf).filter((grant) => (uses.get(grant) ?? 0) > 0)).not.toEqual([]);
});

it('no system test needed a grant that there is not', () => {
  expect(stacks.flatMap(({ denials }) => denials)).toEqual([]);
});

/** As `usesByGrant` names it. */
function textOf({ role, action, resource, condition }: UnusedGrant): string {
  return [role, action, resource, ...(condition ? [JSON.stringify(condition)] : [])].join(' ');
}
