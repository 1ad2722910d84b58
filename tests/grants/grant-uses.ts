import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

/** One action on one resource that a role may do, as its policy has it, and how many calls went through by it. */
export interface RoleGrant {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  readonly condition?: object;
  readonly calls: number;
}

/** What one stack was seen to need: grants with their uses, and what was asked without a grant. */
export interface SeenRights {
  readonly grants: readonly RoleGrant[];
  /** `<role> <action> <resource>` of each refusal. */
  readonly denials: readonly string[];
}

/** Names the folder of this run, which `record-rights.ts` makes before the first test and deletes after the last. */
export const FOLDER_VARIABLE = 'GRANT_USES_DIR';

export async function readGrants(awsPort: number): Promise<readonly RoleGrant[]> {
  // On a connection of its own: one that was kept since the last request may just be closing.
  const [answer] = await once(
    get({ host: '127.0.0.1', port: awsPort, path: '/_local/meter', agent: false }),
    'response',
  );
  return ((await json(answer)) as { grants: RoleGrant[] }).grants;
}

/** Keeps what one stack was seen to need until the last system test is over. `name`: no other stack's. */
export function keepRights(name: string, rights: SeenRights): void {
  const folder = process.env[FOLDER_VARIABLE];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(rights));
}

export function keptRights(): readonly SeenRights[] {
  const folder = process.env[FOLDER_VARIABLE];
  if (!folder) return [];
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as SeenRights);
}

/** Every grant once, with its calls in all stacks: those of one template, whose random names differ. */
export function usesByGrant(stacks: readonly SeenRights[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const grant of stacks.flatMap(({ grants }) => grants)) {
    const text = grantText(grant);
    uses.set(text, (uses.get(text) ?? 0) + grant.calls);
  }
  return uses;
}

/** `<role> <action> <resource>`, the resource by its name. */
function grantText({ roleArn, action, resource, condition }: RoleGrant): string {
  const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return `${role} ${action} ${named(resource)}${condition ? ` ${named(JSON.stringify(condition))}` : ''}`;
}

/** Without partition, region and account, and without what a stack draws by lot. */
function named(text: string): string {
  return text
    .replaceAll(/arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d*:/g, '')
    .replaceAll(/(?<=key\/)[0-9a-f-]{36}/g, '<id>')
    .replaceAll(/(?<=secret:[a-z-]+)-\w{6}(?=["\s]|$)/g, '')
    .replaceAll(/(?<=\/stream\/)\d{4}-[\dT:.-]+/g, '<label>')
    .replaceAll(/^[a-z0-9]{10}(?=\/stream\/(?:POST|DELETE))/g, '<api>');
}
