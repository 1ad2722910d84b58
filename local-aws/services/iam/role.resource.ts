import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';
import type { PolicyDocument, Roles } from './roles.ts';

interface Properties {
  readonly RoleName?: string;
  readonly Path?: string;
  readonly AssumeRolePolicyDocument: PolicyDocument;
  readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: PolicyDocument }[];
  readonly ManagedPolicyArns?: readonly string[];
}

const KNOWN = ['RoleName', 'Path', 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns'];
/** Told to whoever reads the account, and without effect on what is allowed. */
const DESCRIPTIVE = ['Description', 'Tags'];

/** Source: IAM user guide, "IAM and AWS STS quotas". */
const NAME = /^[\w+=,.@-]{1,64}$/;
const MAX_NAME_LENGTH = 64;

/** `AWS::IAM::Role`. */
export function roleResource(kernel: Kernel, roles: Roles): ResourceType {
  return {
    apply: ({ logicalId, type, properties: given }) => {
      refuseUnknownProperties(type, given, [...KNOWN, ...DESCRIPTIVE]);
      const properties = given as unknown as Properties;
      const { Path: path = '/', RoleName: name = logicalId.slice(-MAX_NAME_LENGTH) } = properties;
      if (!NAME.test(name)) throw invalidName(name);
      const arn = `arn:aws:iam::${kernel.accountId}:role${path}${name}`;
      const trustPolicy = properties.AssumeRolePolicyDocument;
      const of = { source: logicalId, roleName: name };
      roles.put({ name, arn, path, trustPolicy, createdAtMs: kernel.clock.nowMs() });
      roles.grant(
        logicalId,
        (properties.Policies ?? []).map((policy) => ({
          ...of,
          name: policy.PolicyName,
          document: policy.PolicyDocument,
        })),
        (properties.ManagedPolicyArns ?? []).map((policyArn) => ({ ...of, policyArn })),
      );
      return { ref: name, attributes: { Arn: arn } };
    },
  };
}

export function invalidName(name: string): AwsError {
  return new AwsError('ValidationError', `The specified value for name is invalid: ${name}`);
}
