import { createHash } from 'node:crypto';
import { AwsError } from '../../kernel/aws-error.ts';
import { noSuchEntity, type PolicyDocument, type Role, type Roles } from './roles.ts';

export function getRole(roles: Roles, { RoleName }: { RoleName: string }) {
  return { Role: roleOf(roles.get(RoleName)) };
}

export function listRolePolicies(roles: Roles, { RoleName }: { RoleName: string }) {
  roles.get(RoleName);
  return { PolicyNames: roles.inlineOf(RoleName).map(({ name }) => name), IsTruncated: false };
}

export function getRolePolicy(roles: Roles, { RoleName, PolicyName }: { RoleName: string; PolicyName: string }) {
  roles.get(RoleName);
  const policy = roles.inlineOf(RoleName).find(({ name }) => name === PolicyName);
  if (!policy) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
  return { RoleName, PolicyName, PolicyDocument: encoded(policy.document) };
}

/** Differs from AWS: the next start takes the role's policies from the template again. */
export function putRolePolicy(roles: Roles, input: { RoleName: string; PolicyName: string; PolicyDocument: string }) {
  roles.putInline(input.RoleName, input.PolicyName, documentOf(input.PolicyDocument));
  return {};
}

function documentOf(text: string): PolicyDocument {
  try {
    return JSON.parse(text) as PolicyDocument;
  } catch (cause) {
    const message = 'The policy is not in the valid JSON format.';
    throw Object.assign(new AwsError('MalformedPolicyDocument', message), { cause });
  }
}

export function listAttachedRolePolicies(roles: Roles, { RoleName }: { RoleName: string }) {
  roles.get(RoleName);
  const attached = roles.attachedTo(RoleName);
  return {
    AttachedPolicies: attached.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
    IsTruncated: false,
  };
}

/** Everything at once, in one page: every role with its inline and attached policies, and the documents of the latter. */
export function getAccountAuthorizationDetails(roles: Roles) {
  return {
    IsTruncated: false,
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: roles.all().map((role) => ({
      ...roleOf(role),
      RolePolicyList: roles
        .inlineOf(role.name)
        .map(({ name, document }) => ({ PolicyName: name, PolicyDocument: encoded(document) })),
      AttachedManagedPolicies: roles
        .attachedTo(role.name)
        .map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
    })),
    Policies: roles.allManaged().map(({ name, arn, path, document }) => ({
      PolicyName: name,
      Arn: arn,
      Path: path,
      DefaultVersionId: 'v1',
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: encoded(document) }],
    })),
  };
}

function roleOf(role: Role) {
  return {
    RoleName: role.name,
    RoleId: `AROA${createHash('sha256').update(role.arn).digest('hex').slice(0, 17).toUpperCase()}`,
    Arn: role.arn,
    Path: role.path,
    CreateDate: new Date(role.createdAtMs),
    AssumeRolePolicyDocument: encoded(role.trustPolicy),
  };
}

/** Documents travel percent-encoded. Source: IAM API reference, GetRolePolicy. */
function encoded(document: PolicyDocument): string {
  return encodeURIComponent(JSON.stringify(document));
}
