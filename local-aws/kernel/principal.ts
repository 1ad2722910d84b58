/** Who makes a call. Every call carries one; authorization and metering read it. */
export type Principal =
  | { readonly kind: 'administrator'; readonly accessKeyId: string }
  | { readonly kind: 'function'; readonly functionName: string; readonly roleArn: string }
  | {
      readonly kind: 'service';
      readonly service: AwsServicePrincipal;
      readonly sourceArn: string;
      /** The role it was given to act by; without one the policy of the resource decides. */
      readonly roleArn?: string;
    };

export type AwsServicePrincipal =
  | 'apigateway.amazonaws.com'
  | 'events.amazonaws.com'
  | 'lambda.amazonaws.com'
  | 'scheduler.amazonaws.com'
  | 'secretsmanager.amazonaws.com'
  | 'sns.amazonaws.com'
  | 'sqs.amazonaws.com'
  | 'states.amazonaws.com';

export function servicePrincipal(service: AwsServicePrincipal, sourceArn: string, roleArn?: string): Principal {
  return { kind: 'service', service, sourceArn, ...(roleArn === undefined ? {} : { roleArn }) };
}
