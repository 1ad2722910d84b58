import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../input-hash.ts';
import { isPermissive } from './licence.ts';
import { lockedPackages } from './lock-file.ts';

const packages = lockedPackages();
const production = packages.filter(({ dev }) => !dev);

describe('the packages of the lock file', () => {
  it('have no script that runs at installation, but those that package.json allows', () => {
    const { allowScripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      allowScripts: Record<string, boolean>;
    };
    const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    expect([...new Set(scripted)].sort()).toEqual(Object.keys(allowScripts).sort());
  });

  it('are held to their hash, by themselves or inside their parent', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(({ integrity, inBundle }) => !integrity && !inBundle)).toEqual([]);
  });

  it('are permissively licensed, where production needs them', () => {
    expect(production.length).toBeGreaterThan(50);
    const others = production.filter(({ license }) => license === undefined || !isPermissive(license));
    expect(others.map(({ path, license }) => `${path}: ${license}`)).toEqual([]);
  });
});

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-or-later)', true],
  ['Apache-2.0 AND BSD-3-Clause', true],
  ['MIT AND GPL-3.0-only', false],
  ['GPL-3.0-or-later', false],
  ['SEE LICENSE IN LICENSE', false],
  ['(MIT OR ISC) AND (GPL-2.0-only OR GPL-3.0-only)', false],
  ['UNLICENSED', false],
])('%s is permissive: %s', (expression, expected) => {
  expect(isPermissive(expression)).toBe(expected);
});
