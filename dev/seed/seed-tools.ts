import { APIGatewayClient, type APIGatewayClientConfig } from '@aws-sdk/client-api-gateway';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMS } from '@aws-sdk/client-kms';
import { createCpfIndex } from '@brokerage/services/accounts/cpf-index-gateway';
import { createPersonalDataVault } from '@brokerage/services/accounts/personal-data-gateway';
import { createPlanKeys } from '@brokerage/services/clients/plan-keys-gateway';
import { createTables } from '@brokerage/services/platform/tables';
import type { SeedTools } from './open-account.ts';

/** The stack that accounts are opened on: credentials and region, and the endpoint unless the environment names it. */
export type StackAccess = Pick<APIGatewayClientConfig, 'endpoint' | 'region' | 'credentials'>;

/** What opening accounts takes, over the AWS API. */
export async function seedTools(access: StackAccess, nowMs: number): Promise<SeedTools> {
  const kms = new KMS(access);
  const [dataKeyArn, indexKeyArn] = await Promise.all([keyArn(kms, 'alias/brokerage'), keyArn(kms, 'alias/cpf-index')]);
  return {
    tables: createTables(new DynamoDBClient(access)),
    planKeys: createPlanKeys(new APIGatewayClient(access), { STANDARD: 'Standard', PROFESSIONAL: 'Professional' }),
    personalData: createPersonalDataVault(kms, dataKeyArn),
    cpfIndex: createCpfIndex(kms, indexKeyArn),
    nowMs,
  };
}

async function keyArn(kms: KMS, alias: string): Promise<string> {
  const { KeyMetadata } = await kms.describeKey({ KeyId: alias });
  if (!KeyMetadata?.Arn) throw new Error(`the template has no key ${alias}`);
  return KeyMetadata.Arn;
}
