import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, DefaultStackSynthesizer } from 'aws-cdk-lib';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import { BrokerageStack } from '../brokerage-stack.ts';

/** An intrinsic function that names a resource. */
export interface Reference {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: readonly [string, string];
}

export interface Resource<Properties = Readonly<Record<string, unknown>>> {
  readonly id: string;
  readonly Type: string;
  readonly Properties: Properties;
  readonly DeletionPolicy?: string;
}

export interface Synthesized {
  readonly resources: readonly Resource[];
  /** The shape of the properties is the caller's word. */
  ofType<Properties>(type: string): readonly Resource<Properties>[];
}

/** Logical id of the resource that a reference names. */
export function targetOf(reference: Reference): string {
  const id = reference.Ref ?? reference['Fn::GetAtt']?.[0];
  if (id === undefined) throw new Error(`${JSON.stringify(reference)} names no resource`);
  return id;
}

const SERVICES = fileURLToPath(new URL('../../services/', import.meta.url));

/** `<capability>/<verb-noun>` of every handler. */
export const ENTRIES = globSync('*/*.handler.ts', { cwd: SERVICES }).map((file) => file.replace('.handler.ts', ''));

/** The app of a stage, synthesized, and its template, with empty functions: what is in a bundle is no matter of the template. */
export function synthesizeApp(stage?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'brokerage-template-'));
  const bundles = join(folder, 'bundles');
  for (const entry of ENTRIES) {
    mkdirSync(join(bundles, entry), { recursive: true });
    writeFileSync(join(bundles, entry, 'index.js'), '');
  }
  const context = { bundles, [DISABLE_ASSET_STAGING_CONTEXT]: true, ...(stage ? { stage } : {}) };
  const app = new App({ outdir: join(folder, 'cdk.out'), analyticsReporting: false, context });
  const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
  const { artifactId } = new BrokerageStack(app, 'Brokerage', { synthesizer });
  const template = app.synth().getStackArtifact(artifactId).template as {
    Resources: Record<string, Omit<Resource, 'id'>>;
  };
  rmSync(folder, { recursive: true });
  return { app, template };
}

export function synthesize(stage?: string): Synthesized {
  const { Resources } = synthesizeApp(stage).template;
  const resources = Object.entries(Resources).map(([id, resource]) => ({ ...resource, id }));
  return {
    resources,
    ofType: <Properties>(type: string) =>
      resources.filter(({ Type }) => Type === type) as readonly Resource<unknown>[] as readonly Resource<Properties>[],
  };
}
