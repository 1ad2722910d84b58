import type { Kernel } from '../kernel/kernel.ts';
import type { AppliedResource } from '../kernel/service.ts';
import { creationOrder } from './creation-order.ts';
import { dependenciesOf } from './dependencies.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { stackScope } from './stack-scope.ts';
import { refuseUnsupported, resourceTypes } from './supported.ts';
import { type Template, TemplateError, type TemplateOutput, type TemplateResource } from './template.ts';

export interface LoadOptions {
  /** `AWS::StackName`. */
  readonly stackName?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Stacks loaded before, whose exports `Fn::ImportValue` may name. */
  readonly earlier?: readonly LoadedStack[];
}

export interface LoadedStack {
  readonly stackName: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly exports: ReadonlyMap<string, unknown>;
  readonly resources: ReadonlyMap<string, LoadedResource>;
}

export interface LoadedResource extends AppliedResource {
  readonly type: string;
}

/**
 * Makes what a CloudFormation template declares, in the order its references ask for. Everything that can be refused
 * without making anything is refused first. Loading the same template again, after a restart, finds the same resources:
 * a resource without a name is named after its logical id.
 *
 * Differs from AWS: a resource that left the template since the last start stays; there is no rollback.
 * @throws AwsError NotSupportedByLocalAws for what local-aws does not have, TemplateError for what AWS would not take
 */
export function loadTemplate(kernel: Kernel, template: Template, options: LoadOptions = {}): LoadedStack {
  const stackName = options.stackName ?? 'local';
  const earlier = options.earlier ?? [];
  const types = resourceTypes(kernel);
  const made = new Map<string, LoadedResource>();
  const scope = stackScope(kernel, template, { stackName, parameters: options.parameters ?? {}, earlier, made });

  const wanted = wantedResources(template, scope);
  refuseUnsupported(template, wanted, types);
  for (const logicalId of creationOrder(dependenciesOf(template, wanted, scope))) {
    const { Type: type, Properties: declared = {} } = wanted.get(logicalId) as TemplateResource;
    const path = `Resources.${logicalId}`;
    const properties = resolve(declared, scope, `${path}.Properties`) as Record<string, unknown>;
    const applied = within(`${path} (${type})`, () => types.get(type)?.apply({ logicalId, type, properties }));
    const resource = { type, ref: applied?.ref ?? '', attributes: applied?.attributes ?? {} };
    refuseSharedName(logicalId, resource, earlier);
    made.set(logicalId, resource);
  }
  return { stackName, resources: made, ...outputsOf(template.Outputs ?? {}, scope) };
}

/** What the CDK writes about itself, for AWS to count: nothing to make. */
const IGNORED_TYPE = 'AWS::CDK::Metadata';

function wantedResources(template: Template, scope: Scope): Map<string, TemplateResource> {
  const wanted = new Map<string, TemplateResource>();
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    if (resource.Type === IGNORED_TYPE) continue;
    if (resource.Condition === undefined || scope.condition(resource.Condition, `Resources.${logicalId}.Condition`)) {
      wanted.set(logicalId, resource);
    }
  }
  return wanted;
}

/** Two stacks may use one logical id; their resources must not turn out to be one. */
function refuseSharedName(logicalId: string, resource: LoadedResource, earlier: readonly LoadedStack[]): void {
  for (const stack of earlier) {
    const other = stack.resources.get(logicalId);
    if (other?.type === resource.type && other.ref === resource.ref) {
      throw new TemplateError(`Resources.${logicalId}`, `stack ${stack.stackName} has this resource; give it a name`);
    }
  }
}

function outputsOf(declared: Readonly<Record<string, TemplateOutput>>, scope: Scope) {
  const outputs: Record<string, unknown> = {};
  const exports = new Map<string, unknown>();
  for (const [name, output] of Object.entries(declared)) {
    const path = `Outputs.${name}`;
    if (output.Condition !== undefined && !scope.condition(output.Condition, path)) continue;
    outputs[name] = resolve(output.Value, scope, `${path}.Value`);
    if (output.Export) exports.set(String(resolve(output.Export.Name, scope, `${path}.Export.Name`)), outputs[name]);
  }
  return { outputs, exports };
}

function within<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new TemplateError(path, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
