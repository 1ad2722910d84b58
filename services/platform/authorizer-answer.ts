import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import type { ApiKeyRecord } from './authorize.ts';

/**
 * The authorizer's answer. The policy is for the whole stage, as API Gateway caches it by key and uses it for every method; which
 * role may do what is the handlers' to say. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
export function authorizerAnswer(methodArn: string, holder: ApiKeyRecord | null): APIGatewayAuthorizerResult {
  const [apiArn = '', stage = ''] = methodArn.split('/');
  const policyDocument = {
    Version: '2012-10-17',
    Statement: [
      { Action: 'execute-api:Invoke', Effect: holder ? 'Allow' : 'Deny', Resource: `${apiArn}/${stage}/*` } as const,
    ],
  };
  if (!holder) return { principalId: 'unknown', policyDocument };
  const { accountId, role, usageIdentifierKey } = holder;
  return { principalId: accountId, policyDocument, context: { accountId, role }, usageIdentifierKey };
}
