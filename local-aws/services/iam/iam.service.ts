import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { AWS_MANAGED_POLICIES } from './aws-managed-policies.ts';
import { inlinePolicyResource, managedPolicyResource } from './policy.resource.ts';
import { roleResource } from './role.resource.ts';
import {
  getAccountAuthorizationDetails,
  getRole,
  getRolePolicy,
  listAttachedRolePolicies,
  listRolePolicies,
  putRolePolicy,
} from './role-operations.ts';
import { roleSource } from './role-source.ts';
import { Roles } from './roles.ts';

export interface IamOptions {
  /** False lets every call through, to measure what deciding costs. */
  readonly enforce?: boolean;
}

/** IAM's roles and policies: who may do what is the template's to say, and `PutRolePolicy`'s until the next start. From here on every call is decided by them. */
export function createIam(kernel: Kernel, { enforce = true }: IamOptions = {}): Service {
  const roles = new Roles(() => kernel.authorization.forgetRoles());
  if (enforce) kernel.authorization.enforce(roleSource(roles));
  for (const policy of AWS_MANAGED_POLICIES) roles.putManaged(policy);
  return {
    name: 'iam',
    protocol: { kind: 'aws-query', version: '2010-05-08', xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/' },
    operations: {
      GetRole: (input) => getRole(roles, input),
      ListRolePolicies: (input) => listRolePolicies(roles, input),
      GetRolePolicy: (input) => getRolePolicy(roles, input),
      PutRolePolicy: (input) => putRolePolicy(roles, input),
      ListAttachedRolePolicies: (input) => listAttachedRolePolicies(roles, input),
      GetAccountAuthorizationDetails: () => getAccountAuthorizationDetails(roles),
    },
    resources: {
      'AWS::IAM::Role': roleResource(kernel, roles),
      'AWS::IAM::Policy': inlinePolicyResource(roles),
      'AWS::IAM::ManagedPolicy': managedPolicyResource(kernel, roles),
    },
  };
}
