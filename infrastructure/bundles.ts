import { fileURLToPath } from 'node:url';

/** Where `npm run bundle` leaves the functions' code: `<root>/<entry>/index.js`. */
const BUNDLES_ROOT = fileURLToPath(new URL('../dist/functions/', import.meta.url));

export function bundleDirectory(entry: string): string {
  return `${BUNDLES_ROOT}${entry}`;
}
