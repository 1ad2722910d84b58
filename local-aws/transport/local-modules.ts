import { fileURLToPath } from 'node:url';

/** The two modules in which a function's local bundle differs from the one that goes to AWS: for a bundler's `alias`. */
export const LOCAL_MODULES: Readonly<Record<string, string>> = {
  '@smithy/node-http-handler': fileURLToPath(new URL('./http-handler.ts', import.meta.url)),
  '@smithy/signature-v4': fileURLToPath(new URL('./signer.ts', import.meta.url)),
};
