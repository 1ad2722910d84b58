import { notSupported } from '../kernel/aws-error.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { ResourceType } from '../kernel/service.ts';
import { BOOTSTRAP_PARAMETER } from './parameters.ts';
import type { Template, TemplateResource } from './template.ts';

/** Every resource type that some service of the kernel makes. */
export function resourceTypes(kernel: Kernel): ReadonlyMap<string, ResourceType> {
  return new Map(kernel.services().flatMap((service) => Object.entries(service.resources ?? {})));
}

const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Rules',
  'Resources',
  'Outputs',
]);

/** The deletion policies have nothing to act on: nothing is ever deleted by a change of template. */
const RESOURCE_KEYS = new Set([
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
]);

/** The one rule that the CDK writes; it asserts on the bootstrap stack's version. */
const IGNORED_RULE = 'CheckBootstrapVersion';

/** Refuses, in one error that names them all, the sections, rules, types and attributes that local-aws does not have. */
export function refuseUnsupported(
  template: Template,
  wanted: ReadonlyMap<string, TemplateResource>,
  types: ReadonlyMap<string, ResourceType>,
): void {
  const refused: string[] = [];
  for (const section of Object.keys(template)) if (!SECTIONS.has(section)) refused.push(section);
  for (const rule of Object.keys(template.Rules ?? {})) if (rule !== IGNORED_RULE) refused.push(`Rules.${rule}`);
  for (const [logicalId, resource] of wanted) {
    const path = `Resources.${logicalId}`;
    if (!types.has(resource.Type)) refused.push(`${path}: resource type ${resource.Type}`);
    for (const key of Object.keys(resource)) if (!RESOURCE_KEYS.has(key)) refused.push(`${path}.${key}`);
  }
  if (template.Parameters?.[BOOTSTRAP_PARAMETER] && !template.Rules?.[IGNORED_RULE]) {
    refused.push(`Parameters.${BOOTSTRAP_PARAMETER} without Rules.${IGNORED_RULE}`);
  }
  if (refused.length > 0) throw notSupported(refused.join('; '));
}
