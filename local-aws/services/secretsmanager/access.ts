import type { AccessRule } from '../../kernel/authorization/access-request.ts';
import type { Secrets } from './secrets.ts';

const OPERATIONS = ['GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage', 'RotateSecret', 'DescribeSecret'];

/** Source: Service Authorization Reference, AWS Secrets Manager. */
export function secretsAccess(secrets: Secrets): Readonly<Record<string, AccessRule>> {
  const rules = OPERATIONS.map((operation): [string, AccessRule] => [
    operation,
    ({ SecretId }) => [{ action: `secretsmanager:${operation}`, resource: secrets.find(SecretId).arn }],
  ]);
  return Object.fromEntries(rules);
}
