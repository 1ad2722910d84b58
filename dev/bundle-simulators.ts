import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { ROOT, stampOf } from './input-hash.ts';

const DIRECTORY = 'dist/simulators';
const INPUTS = ['{simulators,contracts,domain}/**/*.ts', 'dev/bundle-simulators.ts'];

/** Some packages are CommonJS and ask for Node's modules by `require`. */
const WITH_REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/**
 * Bundles the simulators, unless nothing has changed since the last time, and answers the bundle's path. As sources they would take 20 MB more:
 * for what strips their types, and for all that their packages have and they never use.
 */
export async function bundleSimulators(): Promise<string> {
  const path = join(ROOT, DIRECTORY, 'main.mjs');
  const stamp = stampOf(join(ROOT, DIRECTORY, 'inputs.sha256'), INPUTS);
  if (stamp.isFresh) return path;
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['simulators/main.ts'],
    outfile: path,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: WITH_REQUIRE },
    legalComments: 'none',
    logLevel: 'error',
  });
  // Its service process would stay.
  await stop();
  stamp.write();
  return path;
}
