import type { FindRole } from '../../kernel/authorization/callers.ts';
import type { Roles } from './roles.ts';

/** How authorization finds what a role is given: its own and its attached policies. */
export function grantsOf(roles: Roles): FindRole {
  return (roleArn) => {
    const role = roles.all().find(({ arn }) => arn === roleArn);
    if (!role) return undefined;
    const documents = [...roles.inlineOf(role.name), ...roles.attachedTo(role.name)].map(({ document }) => document);
    return { trust: role.trustPolicy, identity: documents };
  };
}
