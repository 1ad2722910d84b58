import type { ImportTarget } from './import-target.ts';
import { isUseCase, type Place } from './place.ts';

/** A line of the import table: what the files it is about must not import, why, and what they do instead. */
export interface ImportRule {
  readonly about: (from: Place) => boolean;
  readonly forbids: (target: ImportTarget, from: Place) => boolean;
  readonly reason: string;
  readonly instead: string;
}

const TEST_PACKAGES: ReadonlySet<string> = new Set(['vitest', 'fast-check']);

/** Folders of local-aws below its services. */
const FOUNDATIONS: ReadonlySet<string> = new Set(['kernel', 'protocols', 'template', 'transport', 'environments']);

const inLayer = (layer: string) => (from: Place) => from.layer === layer;

function isIn(target: ImportTarget, ...layers: readonly string[]): boolean {
  return target.kind === 'PROJECT' && layers.includes(target.place.layer);
}

function isPackage(target: ImportTarget, ...names: readonly string[]): boolean {
  return target.kind === 'PACKAGE' && names.includes(target.name);
}

function isSdk(target: ImportTarget): boolean {
  return target.kind === 'PACKAGE' && (target.name.startsWith('@aws-sdk/') || target.name === 'aws-lambda');
}

function isTestPackage(target: ImportTarget, from: Place): boolean {
  return from.isTest && target.kind === 'PACKAGE' && TEST_PACKAGES.has(target.name);
}

/** The store of another feature: what it keeps, and how, is its own. */
function isForeignStore(target: ImportTarget, from: Place): boolean {
  if (target.kind !== 'PROJECT' || target.place.layer !== 'services') return false;
  const { feature, fileName } = target.place;
  return feature !== from.feature && feature !== 'platform' && fileName.endsWith('-store.ts');
}

export const IMPORT_TABLE: readonly ImportRule[] = [
  {
    about: inLayer('domain'),
    forbids: (target, from) => !isIn(target, 'domain') && !isTestPackage(target, from),
    reason: 'domain is pure rules: no packages, no node:*, no other workspace',
    instead: 'take values and ports as parameters',
  },
  {
    about: inLayer('contracts'),
    forbids: (target, from) =>
      !isIn(target, 'contracts', 'domain') && !isPackage(target, 'zod') && !(from.isTest && target.kind === 'PACKAGE'),
    reason: 'contracts are shapes that both sides share',
    instead: 'use zod and the domain alone',
  },
  {
    about: inLayer('simulators'),
    forbids: (target) => isIn(target, 'services', 'local-aws', 'infrastructure', 'dev') || isSdk(target),
    reason: 'the simulators are foreign systems: they know the brokerage by its wire alone',
    instead: 'use domain types and contracts',
  },
  {
    about: inLayer('local-aws'),
    forbids: (target) => target.kind === 'PROJECT' && target.place.layer !== 'local-aws',
    reason: 'local-aws is AWS: it knows no broker',
    instead: 'take what the stack needs from its template or its options',
  },
  {
    about: (from) => from.layer === 'local-aws' && !from.isTest,
    forbids: isSdk,
    reason: 'local-aws answers SDK clients and is none, outside its tests',
    instead: 'call the operation through the kernel',
  },
  {
    about: (from) => from.layer === 'local-aws' && from.feature === 'services' && !from.isTest,
    forbids: (target, from) => isIn(target, 'local-aws') && isOtherService(target, from),
    reason: 'services of local-aws know each other as AWS services do: by ARN and by operation',
    instead: 'use kernel.deliver, kernel.call or kernel.signals',
  },
  {
    about: (from) => from.layer === 'local-aws' && FOUNDATIONS.has(from.feature) && !from.isTest,
    forbids: (target) => isIn(target, 'local-aws') && serviceOf(target) !== null,
    reason: 'what all services stand on knows none of them',
    instead: 'let local-aws/stack.ts put them together, and speak through the Service interface',
  },
  {
    about: inLayer('services'),
    forbids: (target) => isIn(target, 'local-aws', 'infrastructure', 'simulators', 'dev'),
    reason: 'handlers do not know what runs them',
    instead: 'read the configuration from the environment and speak the AWS API',
  },
  {
    about: (from) => from.layer === 'services' && from.feature !== '' && !from.isTest,
    forbids: isForeignStore,
    reason: 'a feature keeps its data to itself',
    instead: 'call a use case of that feature, hear its event, or move the rule to the domain',
  },
  {
    about: isUseCase,
    forbids: isSdk,
    reason: 'a use case runs anywhere',
    instead: 'take stores and gateways as parameters; the handler builds them',
  },
  {
    about: inLayer('infrastructure'),
    forbids: (target) => isIn(target, 'services', 'local-aws', 'simulators', 'dev'),
    reason: 'the CDK app names code by its entry path and runs none of it',
    instead: 'use contracts and typed props',
  },
  {
    about: inLayer('console'),
    forbids: (target) => (target.kind === 'PROJECT' ? !isForConsole(target.place) : isSdk(target)),
    reason: 'the console is a client like any other',
    instead: 'use the API, contracts and domain/money',
  },
  {
    about: (from) => from.layer === 'tests' && from.feature === 'auditor',
    forbids: (target) => isIn(target, 'domain', 'services'),
    reason: 'the auditor shares no code with the books it audits',
    instead: 'compute it once more, from the rules',
  },
  {
    about: (from) => !from.isTest,
    forbids: (target) => target.kind === 'PROJECT' && target.place.isTest,
    reason: 'what runs for users does not rest on what is there for tests',
    instead: 'move it out of testing/ if it is no test aid',
  },
  {
    about: (from) => from.layer !== '',
    forbids: (target, from) => target.kind === 'PROJECT' && target.isRelative && target.place.layer !== from.layer,
    reason: 'a relative path crosses into another workspace',
    instead: 'import it by its package name',
  },
];

function isForConsole({ layer, feature }: Place): boolean {
  return layer === 'console' || layer === 'contracts' || (layer === 'domain' && feature === 'money');
}

function isOtherService(target: ImportTarget, from: Place): boolean {
  const service = serviceOf(target);
  return service !== null && !from.path.startsWith(`local-aws/services/${service}/`);
}

function serviceOf(target: ImportTarget): string | null {
  if (target.kind !== 'PROJECT') return null;
  return /^local-aws\/services\/([^/]+)\//.exec(target.place.path)?.[1] ?? null;
}
