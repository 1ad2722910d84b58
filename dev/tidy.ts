/** Holds the code to the house rules of CONTRIBUTING.md: `node dev/tidy.ts`. Exit 1 with what breaks them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkTree } from './tidy/check-tree.ts';
import type { Exception } from './tidy/exceptions.ts';
import { readTree } from './tidy/read-tree.ts';

const exceptionsFile = new URL('./tidy/exceptions.json', import.meta.url);
const exceptions = JSON.parse(readFileSync(exceptionsFile, 'utf8')) as readonly Exception[];
const tree = readTree(fileURLToPath(new URL('..', import.meta.url)));
const violations = checkTree(tree, exceptions);

for (const { path, line, rule, message } of violations) console.error(`${path}:${line} [${rule}] ${message}`);
console.log(`tidy: ${tree.size} files, ${violations.length} violations, ${exceptions.length} exceptions`);
process.exitCode = violations.length === 0 ? 0 : 1;
