import { build, type Metafile, stop } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { type BundleTarget, bundleOptions } from './bundle.ts';

/** One that calls the SDK's JSON protocols, one that calls S3, one that calls the exchange too. */
const ENTRIES = ['orders/submit-order', 'back-office/write-receipts', 'orders/sweep-orders'];

/** What the local bundle puts something else in the place of. */
const REPLACED: Readonly<Record<BundleTarget, readonly string[]>> = {
  aws: ['node_modules/@smithy/node-http-handler/', 'node_modules/@smithy/signature-v4/'],
  local: ['local-aws/transport/http-handler.ts', 'local-aws/transport/signer.ts'],
};

/** The SDK's default chain of credential providers, and the clients that it asks. */
const CREDENTIAL_SEARCH = /\/(credential-provider-[a-z-]+|credential-providers|token-providers|nested-clients)\//;

afterAll(() => stop());

async function inputsOf(target: BundleTarget, entry: string): Promise<Metafile['inputs']> {
  const { metafile } = await build({ ...bundleOptions(target, [entry]), outdir: 'dist', write: false, metafile: true });
  return metafile?.inputs ?? {};
}

/** Modules that the entry reaches without passing through a replaced one; and which replaced ones it met. */
function reached(inputs: Metafile['inputs'], entry: string, replaced: readonly string[]) {
  const seen = new Set<string>();
  const met = new Set<string>();
  const open = [`services/${entry}.handler.ts`];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const border = replaced.find((prefix) => path?.startsWith(prefix));
    if (border) met.add(border);
    else if (!seen.has(path)) {
      seen.add(path);
      open.push(...(inputs[path]?.imports ?? []).flatMap((used) => (used.external ? [] : [used.path])));
    }
  }
  return { modules: [...seen].sort(), met: [...met].sort() };
}

describe('the local bundle', () => {
  it.each(ENTRIES)('of %s is AWS’s but for two modules and what only they import', async (entry) => {
    const aws = reached(await inputsOf('aws', entry), entry, REPLACED.aws);
    const local = reached(await inputsOf('local', entry), entry, REPLACED.local);
    expect(aws.met).toEqual(REPLACED.aws);
    expect(local.met).toEqual(REPLACED.local);
    expect(local.modules).toEqual(aws.modules);
  });
});

describe('a bundle', () => {
  it.each(ENTRIES)('of %s finds credentials in the environment and looks for them nowhere else', async (entry) => {
    const modules = Object.keys(await inputsOf('aws', entry));
    expect(modules).toContain('services/platform/aws/environment-credentials.ts');
    expect(modules.filter((path) => CREDENTIAL_SEARCH.test(path))).toEqual([]);
  });
});
