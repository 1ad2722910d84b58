import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Template } from 'local-aws/template/template';
import { bundleFunctions } from './bundle.ts';
import { ROOT, stampOf } from './input-hash.ts';

const OUTPUT = join(ROOT, 'cdk.out');
/** The template names the functions' code by its content, but what runs here is found by name: bundles are no input. */
const INPUTS = ['{infrastructure,contracts}/**/*.ts'];

/** The CDK app's own CloudFormation template, synthesized again only when something that goes into it has changed. */
export async function synthesizedTemplate(): Promise<Template> {
  const stamp = stampOf(join(OUTPUT, 'inputs.sha256'), INPUTS);
  if (!stamp.isFresh) {
    await bundleFunctions('aws');
    await promisify(execFile)(process.execPath, [join(ROOT, 'infrastructure/app.ts'), OUTPUT], { cwd: ROOT });
    stamp.write();
  }
  return JSON.parse(readFileSync(join(OUTPUT, 'Brokerage.template.json'), 'utf8')) as Template;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await synthesizedTemplate();
