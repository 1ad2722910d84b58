import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../input-hash.ts';
import { lockedPackages } from './lock-file.ts';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly object[];
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}

describe('npm run sbom', () => {
  const { stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: ROOT, encoding: 'utf8', timeout: 30_000 });
  const bom = JSON.parse(stdout) as { readonly bomFormat: string; readonly components: readonly Component[] };
  const forDevelopment = ({ properties }: Component) =>
    properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');

  it('writes CycloneDX', () => {
    expect(bom.bomFormat).toBe('CycloneDX');
  });

  it('lists every package that production needs, and tells it from those of development', () => {
    const listed = new Set(
      bom.components.filter((one) => !forDevelopment(one)).map(({ name, version }) => `${name}@${version}`),
    );
    const needed = lockedPackages().filter(({ dev }) => !dev);
    expect(needed.map(({ name, version }) => `${name}@${version}`).filter((one) => !listed.has(one))).toEqual([]);
    expect(bom.components.filter(forDevelopment).map(({ name }) => name)).toContain('vitest');
  });

  it('gives each its address and the hash it was installed by', () => {
    const inBundles = new Set(lockedPackages().flatMap(({ name, inBundle }) => (inBundle ? [name] : [])));
    const ours = (one: Component) => one.version === '0.1.0' && one.properties.some(({ value }) => value === 'true');
    const bare = bom.components.filter((one) => !one.hashes && !inBundles.has(one.name) && !ours(one));
    expect(bare.map(({ purl }) => purl)).toEqual([]);
  });
});
