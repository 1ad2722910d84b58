import { Stack, Validations } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';

/** Rules of cdk-nag’s AwsSolutions, without their prefix, and the reason why this construct does not keep them: `{ SF2: '…' }`. */
export function exempt(construct: IConstruct, rules: Readonly<Record<string, string>>): void {
  for (const [rule, reason] of Object.entries(rules)) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

/** A function's right to what only a wildcard can name; `resource` as it is granted. */
export function exemptWildcard({ role }: IFunction, resource: string, reason: string): void {
  if (!role) throw new Error('a function that was made elsewhere has no grants to explain');
  exempt(role, { [`IAM5[Resource::${written(Stack.of(role).resolve(resource))}]`]: reason });
}

/** As cdk-nag writes what a template computes: `<Bucket.Arn>/*`. */
function written(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Computed;
  if (join) return join[1].map(written).join(join[0]);
  return `<${attribute ? attribute.join('.') : Ref}>`;
}

interface Computed {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: readonly string[];
  readonly 'Fn::Join'?: readonly [separator: string, parts: readonly unknown[]];
}
