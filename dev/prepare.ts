/** Makes what a start needs and keeps it: npm runs this after an installation, so that nobody waits for it later. */
import { fileURLToPath } from 'node:url';
import type { Template } from 'local-aws/template/template';
import { bundleFunctions } from './bundle.ts';
import { bundleSimulators } from './bundle-simulators.ts';
import { synthesizedTemplate } from './template.ts';

/** All but the simulators, which start meanwhile. One after the other: the bundler runs for one build at a time. */
export async function prepare(): Promise<Template> {
  await bundleFunctions('local');
  return synthesizedTemplate();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleSimulators();
  await prepare();
}
