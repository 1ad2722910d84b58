/** Where a file stands in the repository: what decides which rules hold for it. */
export interface Place {
  readonly path: string;
  /** The workspace: the top-level folder. Empty for files at the root. */
  readonly layer: string;
  /** The folder below the layer; empty when there is none. */
  readonly feature: string;
  readonly fileName: string;
  /** Tests and what only they use: `*.test.ts`, `testing/`, `comparison/` (with the real thing), the workspace `tests`. */
  readonly isTest: boolean;
}

const TEST_FOLDERS: ReadonlySet<string> = new Set(['testing', 'comparison']);

export function placeOf(path: string): Place {
  const segments = path.split('/');
  const fileName = segments.at(-1) ?? '';
  const layer = segments.length > 1 ? (segments[0] ?? '') : '';
  const feature = segments.length > 2 ? (segments[1] ?? '') : '';
  const isTest =
    layer === 'tests' || segments.some((segment) => TEST_FOLDERS.has(segment)) || /\.test\.tsx?$/.test(fileName);
  return { path, layer, feature, fileName, isTest };
}

/** A Lambda entry or the CDK app's or a process's: it wires, and reads the environment and the clock for those it wires. */
export function isEntry({ path, fileName }: Place): boolean {
  return fileName.endsWith('.handler.ts') || COMPOSITION_ROOTS.has(path);
}

/** A rule of a service: neither its Lambda entry or wiring, nor an adapter to a store or a foreign system, nor the platform. */
export function isUseCase(place: Place): boolean {
  const { layer, feature, fileName, isTest } = place;
  if (layer !== 'services' || feature === '' || feature === 'platform' || isTest || isEntry(place)) return false;
  return !/-(store|gateway|publisher|wiring)\.ts$/.test(fileName);
}

const COMPOSITION_ROOTS: ReadonlySet<string> = new Set([
  'dev/start.ts',
  'infrastructure/app.ts',
  'local-aws/stack.ts',
  'simulators/main.ts',
]);
