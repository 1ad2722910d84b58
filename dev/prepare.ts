/** Run by npm after an installation: makes what a first start would otherwise make while somebody waits. */
import { bundleFunctions } from './bundle.ts';
import { synthesizedTemplate } from './template.ts';

await bundleFunctions('local');
await synthesizedTemplate();
