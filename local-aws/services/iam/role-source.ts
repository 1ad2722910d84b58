import type { RoleSource } from '../../kernel/authorization/callers.ts';
import type { Roles } from './roles.ts';

/** How authorization finds what a role is given: its own and its attached policies. */
export function roleSource(roles: Roles): RoleSource {
  return {
    arns: () => roles.all().map(({ arn }) => arn),
    find: (roleArn) => {
      const role = roles.all().find(({ arn }) => arn === roleArn);
      if (!role) return undefined;
      const policies = [...roles.inlineOf(role.name), ...roles.attachedTo(role.name)];
      return { trust: role.trustPolicy, identity: policies.map(({ document }) => document) };
    },
  };
}
