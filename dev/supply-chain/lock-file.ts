import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../input-hash.ts';

/** A package as `package-lock.json` has it. */
export interface LockedPackage {
  /** Where npm puts it: `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  /** It comes inside its parent's archive, under that one's hash. */
  readonly inBundle?: boolean;
}

/** Every package that is not one of ours. */
export function lockedPackages(): LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<
      string,
      Omit<LockedPackage, 'path' | 'name'> & { readonly name?: string; readonly link?: boolean }
    >;
  };
  return Object.entries(packages).flatMap(([path, { link, ...locked }]) => {
    const [, name] = /.*node_modules\/(.+)$/.exec(path) ?? [];
    return name === undefined || link ? [] : [{ name, ...locked, path }];
  });
}
