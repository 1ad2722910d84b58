import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Template } from 'local-aws/template/template';
import { ROOT } from './bundle.ts';

const OUTPUT = join(ROOT, 'cdk.out');
const STAMP = join(OUTPUT, 'inputs.sha256');

/** The CDK app's own CloudFormation template, synthesized again only when something that goes into it has changed. */
export async function synthesizedTemplate(): Promise<Template> {
  const inputs = hashOfInputs();
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== inputs) {
    await promisify(execFile)(process.execPath, [join(ROOT, 'infrastructure/app.ts'), OUTPUT], { cwd: ROOT });
    writeFileSync(STAMP, inputs);
  }
  return JSON.parse(readFileSync(join(OUTPUT, 'Brokerage.template.json'), 'utf8')) as Template;
}

/** The template names the functions' code by its content, but what runs here is found by name: bundles are no input. */
function hashOfInputs(): string {
  const files = [
    'package-lock.json',
    ...globSync('{infrastructure,contracts}/**/*.{ts,json}', { cwd: ROOT, exclude: ['**/node_modules/**'] }).sort(),
    ...globSync('services/*/*.asl.*', { cwd: ROOT }).sort(),
  ];
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}
