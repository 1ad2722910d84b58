import { expect, it } from 'vitest';
import { keptRights, usesByGrant } from './grant-uses.ts';
import { UNUSED_GRANTS } from './unused-grants.ts';

/** Of every stack that the system tests of this run started. */
const stacks = keptRights();
const uses = usesByGrant(stacks);
const listed = UNUSED_GRANTS.map(({ role, action, resource, condition }) =>
  [role, action, resource, ...(condition ? [JSON.stringify(condition)] : [])].join(' '),
);

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

it('no system test needed a grant that there is not', () => {
  expect(stacks.flatMap(({ denials }) => denials)).toEqual([]);
});
