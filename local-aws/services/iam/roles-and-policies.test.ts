import { describe, expect, it } from 'vitest';
import { Kernel } from '../../kernel/kernel.ts';
import { loadTemplate } from '../../template/load-template.ts';
import { createIam } from './iam.service.ts';

const ADMINISTRATOR = { kind: 'administrator', accessKeyId: 'test' } as const;
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};
const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

const document = (action: string) => ({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const role = (rest: Record<string, unknown> = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: TRUST, ...rest },
});
const policy = (action: string, Roles: unknown[]) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'Default', PolicyDocument: document(action), Roles },
});

function kernelWith(Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>) {
  const kernel = new Kernel();
  kernel.register(createIam(kernel));
  const load = (resources: typeof Resources) => loadTemplate(kernel, { Resources: resources });
  const stack = load(Resources);
  const call = (operation: string, input: unknown = {}) => kernel.call('iam', operation, input, ADMINISTRATOR);
  return { call, load, stack };
}

const decoded = (text: string) => JSON.parse(decodeURIComponent(text));

describe('a role', () => {
  it('has its trust policy, its own and its attached policies', () => {
    const { call, stack } = kernelWith({
      Role: role({ Policies: [{ PolicyName: 'Own', PolicyDocument: document('sqs:*') }], ManagedPolicyArns: [BASIC] }),
      Policy: policy('s3:*', [{ Ref: 'Role' }]),
      Managed: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: document('sns:*'), Roles: [{ Ref: 'Role' }] },
      },
    });
    expect(stack.resources.get('Role')?.attributes.Arn).toBe('arn:aws:iam::000000000000:role/Role');
    const { Role } = call('GetRole', { RoleName: 'Role' }) as { Role: { AssumeRolePolicyDocument: string } };
    expect(decoded(Role.AssumeRolePolicyDocument)).toEqual(TRUST);
    expect(call('ListRolePolicies', { RoleName: 'Role' })).toMatchObject({ PolicyNames: ['Own', 'Default'] });
    const inline = call('GetRolePolicy', { RoleName: 'Role', PolicyName: 'Default' }) as { PolicyDocument: string };
    expect(decoded(inline.PolicyDocument)).toEqual(document('s3:*'));
    expect(call('ListAttachedRolePolicies', { RoleName: 'Role' })).toMatchObject({
      AttachedPolicies: [{ PolicyArn: BASIC }, { PolicyArn: 'arn:aws:iam::000000000000:policy/Managed' }],
    });
  });

  it('is told with all documents in one answer', () => {
    const { call } = kernelWith({
      Role: role({ ManagedPolicyArns: [BASIC] }),
      Policy: policy('s3:*', [{ Ref: 'Role' }]),
    });
    const details = call('GetAccountAuthorizationDetails') as {
      RoleDetailList: { RolePolicyList: { PolicyDocument: string }[]; AttachedManagedPolicies: unknown[] }[];
      Policies: { Arn: string; PolicyVersionList: { Document: string }[] }[];
    };
    const [told] = details.RoleDetailList;
    expect(decoded(told?.RolePolicyList[0]?.PolicyDocument ?? '')).toEqual(document('s3:*'));
    expect(told?.AttachedManagedPolicies).toMatchObject([{ PolicyArn: BASIC }]);
    const basic = details.Policies.find(({ Arn }) => Arn === BASIC)?.PolicyVersionList[0]?.Document ?? '';
    expect(decoded(basic).Statement[0].Action).toContain('logs:PutLogEvents');
  });

  it('loses what a policy applied again no longer gives', () => {
    const { call, load } = kernelWith({ A: role(), B: role(), P: policy('s3:*', [{ Ref: 'A' }, { Ref: 'B' }]) });
    load({ A: role(), B: role(), P: policy('s3:GetObject', [{ Ref: 'B' }]) });
    expect(call('ListRolePolicies', { RoleName: 'A' })).toMatchObject({ PolicyNames: [] });
    const inline = call('GetRolePolicy', { RoleName: 'B', PolicyName: 'Default' }) as { PolicyDocument: string };
    expect(decoded(inline.PolicyDocument)).toEqual(document('s3:GetObject'));
  });
});

describe('refusals', () => {
  const cases: [string, Parameters<typeof kernelWith>[0], string][] = [
    ['a boundary', { R: role({ PermissionsBoundary: 'arn' }) }, 'property PermissionsBoundary of AWS::IAM::Role'],
    ['a name', { R: role({ RoleName: 'a b' }) }, 'name is invalid: a b'],
    [
      'a managed policy that is not there',
      { R: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/X'] }) },
      'policy/X does not exist',
    ],
    ['a role that is not there', { P: policy('s3:*', ['Nobody']) }, 'role with name Nobody'],
  ];
  it.each(cases)('%s', (_name, resources, message) => {
    expect(() => kernelWith(resources)).toThrow(message);
  });

  it('NoSuchEntity for a policy that is not there', () => {
    const { call } = kernelWith({ R: role() });
    expect(() => call('GetRolePolicy', { RoleName: 'R', PolicyName: 'X' })).toThrow('policy with name X');
  });
});
