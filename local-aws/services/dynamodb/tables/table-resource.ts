import { notSupported } from '../../../kernel/aws-error.ts';
import { refuseUnknownProperties } from '../../../kernel/known-properties.ts';
import type { AppliedResource, ResourceDefinition, ResourceType } from '../../../kernel/service.ts';
import type { Database } from '../database.ts';
import { saveTable } from './save-table.ts';
import type { IndexDeclaration, StreamViewType, Table, TableDeclaration, Throughput } from './table.ts';

/** Properties both resource types share. */
export interface TableProperties {
  readonly TableName?: string;
  readonly KeySchema: TableDeclaration['KeySchema'];
  readonly AttributeDefinitions: TableDeclaration['AttributeDefinitions'];
  readonly BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly ProvisionedThroughput?: Throughput;
  readonly GlobalSecondaryIndexes?: readonly IndexDeclaration[];
  readonly LocalSecondaryIndexes?: readonly IndexDeclaration[];
  readonly StreamSpecification?: { readonly StreamViewType: StreamViewType };
  readonly TimeToLiveSpecification?: { readonly Enabled: boolean | 'true' | 'false'; readonly AttributeName?: string };
  readonly DeletionProtectionEnabled?: boolean;
}

/** Accepted, some without effect here: backups and encryption at rest are AWS's business, tags are not read. */
const KNOWN = new Set([
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'BillingMode',
  'ProvisionedThroughput',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
  'StreamSpecification',
  'TimeToLiveSpecification',
  'DeletionProtectionEnabled',
  'PointInTimeRecoverySpecification',
  'SSESpecification',
  'ContributorInsightsSpecification',
  'OnDemandThroughput',
  'TableClass',
  'Tags',
]);
const KNOWN_OF_INDEX = new Set([
  'IndexName',
  'KeySchema',
  'Projection',
  'ProvisionedThroughput',
  'ContributorInsightsSpecification',
  'OnDemandThroughput',
]);

/** Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export function tableResource(database: Database): ResourceType {
  return {
    apply: (resource) => {
      refuseUnknownProperties(resource.type, resource.properties, KNOWN);
      const properties = resource.properties as unknown as TableProperties;
      if (Object.hasOwn(properties.StreamSpecification ?? {}, 'ResourcePolicy')) {
        throw notSupported(`property StreamSpecification.ResourcePolicy of ${resource.type}`);
      }
      return applied(saveTable(database, declarationOf(resource, properties)));
    },
  };
}

export function declarationOf(resource: ResourceDefinition, properties: TableProperties): TableDeclaration {
  const timeToLive = properties.TimeToLiveSpecification;
  return {
    TableName: properties.TableName ?? resource.logicalId,
    KeySchema: properties.KeySchema,
    AttributeDefinitions: properties.AttributeDefinitions,
    BillingMode: properties.BillingMode ?? 'PROVISIONED',
    ProvisionedThroughput: properties.ProvisionedThroughput,
    GlobalSecondaryIndexes: indexesOf(resource.type, properties.GlobalSecondaryIndexes),
    LocalSecondaryIndexes: indexesOf(resource.type, properties.LocalSecondaryIndexes),
    StreamViewType: properties.StreamSpecification?.StreamViewType,
    TimeToLiveAttribute: String(timeToLive?.Enabled) === 'true' ? timeToLive?.AttributeName : undefined,
    DeletionProtectionEnabled: String(properties.DeletionProtectionEnabled) === 'true',
  };
}

export function applied(table: Table): AppliedResource {
  return {
    ref: table.name,
    attributes: { Arn: table.arn, TableId: table.record.tableId, ...(table.stream && { StreamArn: table.stream.arn }) },
  };
}

function indexesOf(type: string, indexes: readonly IndexDeclaration[] = []): IndexDeclaration[] {
  return indexes.map((index) => {
    refuseUnknownProperties(`${type} index`, index, KNOWN_OF_INDEX);
    const { IndexName, KeySchema, Projection, ProvisionedThroughput } = index;
    return { IndexName, KeySchema, Projection, ProvisionedThroughput };
  });
}
