/** Bundles every function: `node dev/bundle.ts [aws|local]`, both when none is named. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { LOCAL_MODULES } from 'local-aws/transport/local-modules';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export type BundleTarget = 'aws' | 'local';

/** `aws` is what the template's assets are; `local` differs in the SDK's HTTP handler and signer, and in nothing else. */
const DIRECTORY: Readonly<Record<BundleTarget, string>> = { aws: 'dist/functions', local: 'dist/local-functions' };

/** `<capability>/<verb-noun>` of every handler. */
export function functionEntries(): string[] {
  return globSync('services/*/*.handler.ts', { cwd: ROOT })
    .map((file) => file.replace(/^services\//, '').replace(/\.handler\.ts$/, ''))
    .sort();
}

/** Path of one function's bundle. */
export function bundlePath(target: BundleTarget, entry: string): string {
  return join(ROOT, DIRECTORY[target], entry, 'index.js');
}

/** Bundles all functions, unless nothing that goes into them has changed since the last time. */
export async function bundleFunctions(target: BundleTarget): Promise<void> {
  const stamp = join(ROOT, DIRECTORY[target], 'inputs.json');
  if (isFresh(stamp)) return;
  const { metafile } = await buildFunctions(target, true);
  writeFileSync(stamp, JSON.stringify(fingerprints([...Object.keys(metafile.inputs), ...FOUNDATIONS])));
}

/** One build of all functions; `write: false` only tells what goes into them. */
export async function buildFunctions(target: BundleTarget, write: boolean): Promise<{ metafile: Metafile }> {
  return build({
    absWorkingDir: ROOT,
    entryPoints: functionEntries().map((entry) => ({ in: `services/${entry}.handler.ts`, out: `${entry}/index` })),
    outdir: DIRECTORY[target],
    alias: target === 'local' ? { ...LOCAL_MODULES } : {},
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // ES modules shake; the SDK's CommonJS would come whole.
    mainFields: ['module', 'main'],
    minify: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'error',
    write,
  });
}

/** Besides the sources: what decides which packages they find. */
const FOUNDATIONS = ['package-lock.json', 'dev/bundle.ts'];

function isFresh(stamp: string): boolean {
  if (!existsSync(stamp)) return false;
  const known = JSON.parse(readFileSync(stamp, 'utf8')) as Record<string, string>;
  const entries = functionEntries().map((entry) => `services/${entry}.handler.ts`);
  if (entries.some((entry) => !(entry in known))) return false;
  const files = Object.keys(known);
  if (files.some((file) => !existsSync(join(ROOT, file)))) return false;
  const current = fingerprints(files);
  return files.every((file) => current[file] === known[file]);
}

/** Our own sources by content; packages are fixed by the lock file. */
function fingerprints(files: readonly string[]): Record<string, string> {
  const own = files.filter((file) => !file.includes('node_modules/'));
  return Object.fromEntries(
    own.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(ROOT, file)))
        .digest('hex'),
    ]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const targets = (process.argv[2] ? [process.argv[2]] : ['aws', 'local']) as BundleTarget[];
  for (const target of targets) await bundleFunctions(target);
}
