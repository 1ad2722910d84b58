import { expect, it } from 'vitest';
import { Kernel } from '../kernel.ts';
import type { LogEntry } from '../log.ts';
import { type Principal, servicePrincipal } from '../principal.ts';
import type { Service } from '../service.ts';

const ROLE = 'arn:aws:iam::000000000000:role/worker-role';
const OWN = 'arn:aws:things:sa-east-1:000000000000:thing/own';
const LAMBDA_TRUST = {
  Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
};
const FUNCTION: Principal = { kind: 'function', functionName: 'worker', roleArn: ROLE };
const ADMINISTRATOR: Principal = { kind: 'administrator', accessKeyId: 'test' };
const TOPIC = servicePrincipal('sns.amazonaws.com', 'arn:aws:sns:sa-east-1:000000000000:Orders');

interface Policies {
  readonly identity?: object[];
  readonly resource?: object[];
  readonly trust?: object;
  readonly service?: string;
}

function setup({ identity = [], resource, trust = LAMBDA_TRUST, service = 'things' }: Policies) {
  const log: LogEntry[] = [];
  const kernel = new Kernel({ log: (entry) => log.push(entry) });
  const policy = resource && JSON.stringify({ Statement: resource });
  const things: Service = {
    name: service,
    protocol: { kind: 'aws-json', version: '1.0', target: 'Things' },
    operations: { Use: () => 'used', Hidden: () => 'used' },
    access: { Use: ({ arn = OWN }) => [{ action: `${service}:Use`, resource: arn }] },
    resourcePolicy: () => policy,
    deliveryAction: 'things:Use',
    deliver: async () => {},
  };
  kernel.register(things);
  kernel.authorization.enforce({
    arns: () => [ROLE],
    find: (arn) => (arn === ROLE ? { trust, identity: [{ Statement: identity }] } : undefined),
  });
  const use = (principal: Principal, input: object = {}) => kernel.call(service, 'Use', input, principal);
  return { kernel, log, use };
}

const allow = (more: object = {}) => ({ Effect: 'Allow', Action: 'things:Use', Resource: OWN, ...more });
const deny = (more: object = {}) => allow({ Effect: 'Deny', ...more });
const toService = { Principal: { Service: 'sns.amazonaws.com' } };

it('names who, what and where when no policy of the role allows it, in the log too', () => {
  const { use, log } = setup({});
  const message =
    'User: arn:aws:sts::000000000000:assumed-role/worker-role/worker is not authorized to perform: things:Use ' +
    `on resource: ${OWN} because no identity-based policy allows the things:Use action`;
  expect(() => use(FUNCTION)).toThrow(expect.objectContaining({ code: 'AccessDeniedException', status: 400, message }));
  expect(log).toMatchObject([{ source: 'local-aws/iam', level: 'warn', message }]);
});

const decisions: [string, Policies, Principal, true | string][] = [
  ['the role allows', { identity: [allow()] }, FUNCTION, true],
  ['the role allows another resource', { identity: [allow({ Resource: `${OWN}/x` })] }, FUNCTION, 'no identity-based'],
  ['the resource allows the role', { resource: [allow({ Principal: { AWS: ROLE } })] }, FUNCTION, true],
  [
    'the resource leaves it to the account',
    { resource: [allow({ Principal: { AWS: '000000000000' } })] },
    FUNCTION,
    'no identity-based',
  ],
  ['the role denies', { identity: [allow(), deny()] }, FUNCTION, 'with an explicit deny in an identity-based'],
  [
    'the resource denies',
    { identity: [allow()], resource: [deny({ Principal: '*' })] },
    FUNCTION,
    'with an explicit deny in a resource-based',
  ],
  ['an administrator', {}, ADMINISTRATOR, true],
  [
    'an administrator, denied by the resource',
    { resource: [deny({ Principal: '*' })] },
    ADMINISTRATOR,
    'explicit deny',
  ],
  ['a service, and the resource allows it', { resource: [allow(toService)] }, TOPIC, true],
  ['a service, and nothing allows it', {}, TOPIC, 'no resource-based'],
  [
    'a service for another source',
    { resource: [allow({ ...toService, Condition: { ArnEquals: { 'aws:SourceArn': `${OWN}-other` } } })] },
    TOPIC,
    'no resource-based',
  ],
  [
    'a service by a role',
    { identity: [allow()] },
    servicePrincipal('lambda.amazonaws.com', 'arn:aws:lambda:sa-east-1:000000000000:function:worker', ROLE),
    true,
  ],
  [
    'a service by a role that does not trust it',
    { identity: [allow()] },
    servicePrincipal('states.amazonaws.com', 'arn:aws:states:sa-east-1:000000000000:stateMachine:saga', ROLE),
    'is not authorized to perform: sts:AssumeRole',
  ],
  ['a role that is not there', {}, { ...FUNCTION, roleArn: `${ROLE}-gone` } as Principal, 'sts:AssumeRole'],
];
it.each(decisions)('%s', async (_name, policies, principal, outcome) => {
  const { use, kernel } = setup(policies);
  const delivered = () => kernel.deliver({ targetArn: OWN, body: '', principal });
  if (outcome === true) {
    expect(use(principal)).toBe('used');
    await delivered();
  } else {
    expect(() => use(principal)).toThrow(outcome);
    await expect(delivered()).rejects.toThrow(outcome);
  }
});

const keyAllow = (more: object = {}) => ({ Effect: 'Allow', Action: 'kms:Use', Resource: '*', ...more });
it.each<[string, object[], true | string]>([
  ['is closed to the account', [], 'no resource-based'],
  ['is open to the account', [keyAllow({ Principal: { AWS: 'arn:aws:iam::000000000000:root' } })], true],
  [
    'is open by way of another service alone',
    [
      keyAllow({
        Principal: { AWS: '*' },
        Condition: { StringEquals: { 'kms:ViaService': 's3.sa-east-1.amazonaws.com' } },
      }),
    ],
    'no resource-based',
  ],
])('a key %s', (_name, resource, outcome) => {
  const { use } = setup({ identity: [keyAllow()], resource, service: 'kms' });
  if (outcome === true) expect(use(FUNCTION)).toBe('used');
  else expect(() => use(FUNCTION)).toThrow(outcome);
});

it('refuses functions an operation whose permission is not known', () => {
  const { kernel } = setup({ identity: [allow({ Action: '*' })] });
  expect(() => kernel.call('things', 'Hidden', {}, FUNCTION)).toThrow('things:Hidden');
  expect(kernel.call('things', 'Hidden', {}, ADMINISTRATOR)).toBe('used');
});

it('tells which grants were used, until it forgets', () => {
  const { use, kernel } = setup({ identity: [allow({ Action: ['things:Use', 'things:Make'] })] });
  const calls = () => kernel.authorization.grants().map((grant) => grant.calls);
  use(FUNCTION);
  use(FUNCTION);
  expect(() => use(FUNCTION, { arn: `${OWN}-other` })).toThrow();
  expect(kernel.authorization.grants()).toEqual([
    { roleArn: ROLE, action: 'things:Use', resource: OWN, calls: 2 },
    { roleArn: ROLE, action: 'things:Make', resource: OWN, calls: 0 },
  ]);
  kernel.authorization.forgetUses();
  expect(calls()).toEqual([0, 0]);
});

it('tells of grants that differ by their conditions alone which one was used', () => {
  const onlyTo = (arn: string) => ({ Condition: { StringEquals: { 'aws:PrincipalArn': arn } } });
  const { use, kernel } = setup({ identity: [allow(onlyTo(`${ROLE}-other`)), allow(onlyTo(ROLE))] });
  use(FUNCTION);
  expect(kernel.authorization.grants().map(({ condition, calls }) => [condition, calls])).toEqual([
    [onlyTo(`${ROLE}-other`).Condition, 0],
    [onlyTo(ROLE).Condition, 1],
  ]);
});
