/** Bundles every function: `node dev/bundle.ts [aws|local]`, both when none is named. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, stop } from 'esbuild';
import { LOCAL_MODULES } from 'local-aws/transport/local-modules';
import { ROOT, stampOf } from './input-hash.ts';

export type BundleTarget = 'aws' | 'local';

/** `aws` is what the template's assets are; `local` differs in the SDK's HTTP handler and signer, and in nothing else. */
const DIRECTORY: Readonly<Record<BundleTarget, string>> = { aws: 'dist/functions', local: 'dist/local-functions' };

/** What every bundle has in place of the SDK's: its search for credentials would be a quarter of it. */
const LAMBDA_MODULES = { '@aws-sdk/credential-provider-node': './services/platform/aws/environment-credentials.ts' };

const INPUTS = ['{services,contracts,domain}/**/*.ts', 'local-aws/transport/*.ts', 'dev/bundle.ts'];

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
  const stamp = stampOf(join(ROOT, DIRECTORY[target], 'inputs.sha256'), INPUTS);
  if (stamp.isFresh) return;
  await build({ ...bundleOptions(target, functionEntries()), outdir: DIRECTORY[target] });
  // Its service process would stay, with a gigabyte of what it has parsed.
  await stop();
  stamp.write();
}

/** How functions are bundled; no metafile, which costs twice the build itself. */
export function bundleOptions(target: BundleTarget, entries: readonly string[]): BuildOptions {
  return {
    absWorkingDir: ROOT,
    entryPoints: entries.map((entry) => ({ in: `services/${entry}.handler.ts`, out: `${entry}/index` })),
    alias: target === 'local' ? { ...LAMBDA_MODULES, ...LOCAL_MODULES } : LAMBDA_MODULES,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // ES modules shake; the SDK's CommonJS would come whole.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const targets = (process.argv[2] ? [process.argv[2]] : ['aws', 'local']) as BundleTarget[];
  for (const target of targets) await bundleFunctions(target);
}
