import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Construct } from 'constructs';

/** Where `npm run bundle` leaves the functions' code: `<root>/<entry>/index.js`. */
const BUNDLES_ROOT = fileURLToPath(new URL('../dist/functions/', import.meta.url));

/** The folder of a function's code; the app's context `bundles` names another root. */
export function bundleDirectory(scope: Construct, entry: string): string {
  return join((scope.node.tryGetContext('bundles') as string | undefined) ?? BUNDLES_ROOT, entry);
}
