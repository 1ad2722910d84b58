import type { Place } from './place.ts';
import type { Violation } from './violation.ts';

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** The part a file plays in its feature, and the kinds of test: `order-life.property.test.ts`. */
const ROLES: ReadonlySet<string> = new Set([
  'handler',
  'service',
  'resource',
  'test',
  'property',
  'comparison',
  'config',
]);
/** Names that say where things were put, not what they are. */
const EMPTY_NAMES = /^(.*-)?(utils?|helpers?)$|^(commons?|types?)$/;

export function checkName({ path, fileName }: Place): Violation[] {
  const [stem = '', ...suffixes] = fileName.replace(/\.[^.]+$/, '').split('.');
  const unknownRoles = suffixes.filter((suffix) => !ROLES.has(suffix));
  const folders = path.split('/').slice(0, -1);
  const messages: string[] = [];
  for (const name of [...folders, stem]) {
    if (!KEBAB_CASE.test(name)) messages.push(`"${name}" is not kebab-case`);
    if (EMPTY_NAMES.test(name)) messages.push(`"${name}" names no idea: call it what it is about`);
  }
  for (const role of unknownRoles) messages.push(`".${role}" is no role: one of ${[...ROLES].join(', ')}, or a dash`);
  return messages.map((message) => ({ rule: 'name', path, line: 1, message, amount: 1 }));
}
