import type { Kernel } from '../../kernel/kernel.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';
import { invalidName } from './role.resource.ts';
import type { PolicyDocument, Roles } from './roles.ts';

interface Properties {
  readonly PolicyName?: string;
  readonly ManagedPolicyName?: string;
  readonly PolicyDocument: PolicyDocument;
  readonly Path?: string;
  readonly Roles?: readonly string[];
}

/** Source: IAM user guide, "IAM and AWS STS quotas". */
const NAME = /^[\w+=,.@-]{1,128}$/;

/** `AWS::IAM::Policy`: written into each of its roles. Users and groups there are none. */
export function inlinePolicyResource(roles: Roles): ResourceType {
  return {
    apply: ({ logicalId, type, properties: given }) => {
      refuseUnknownProperties(type, given, ['PolicyName', 'PolicyDocument', 'Roles']);
      const properties = given as unknown as Properties;
      const { PolicyName: name = logicalId, PolicyDocument: document } = properties;
      if (!NAME.test(name)) throw invalidName(name);
      const inline = (properties.Roles ?? []).map((roleName) => ({ source: logicalId, roleName, name, document }));
      roles.grant(logicalId, inline, []);
      return { ref: name, attributes: {} };
    },
  };
}

/** `AWS::IAM::ManagedPolicy`. */
export function managedPolicyResource(kernel: Kernel, roles: Roles): ResourceType {
  return {
    apply: ({ logicalId, type, properties: given }) => {
      refuseUnknownProperties(type, given, [
        'ManagedPolicyName',
        'PolicyDocument',
        'Path',
        'Roles',
        'Description',
        'Tags',
      ]);
      const properties = given as unknown as Properties;
      const { ManagedPolicyName: name = logicalId, Path: path = '/', PolicyDocument: document } = properties;
      if (!NAME.test(name)) throw invalidName(name);
      const arn = `arn:aws:iam::${kernel.accountId}:policy${path}${name}`;
      roles.putManaged({ name, arn, path, document });
      const attachments = (properties.Roles ?? []).map((roleName) => ({ source: logicalId, roleName, policyArn: arn }));
      roles.grant(logicalId, [], attachments);
      return { ref: arn, attributes: { PolicyArn: arn } };
    },
  };
}
