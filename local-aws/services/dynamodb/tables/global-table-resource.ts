import { notSupported } from '../../../kernel/aws-error.ts';
import { refuseUnknownProperties } from '../../../kernel/known-properties.ts';
import type { ResourceType } from '../../../kernel/service.ts';
import type { Database } from '../database.ts';
import { saveTable } from './save-table.ts';
import type { IndexDeclaration } from './table.ts';
import { applied, declarationOf, type TableProperties } from './table-resource.ts';

interface Replica {
  readonly Region: string;
  readonly DeletionProtectionEnabled?: boolean;
}

const KNOWN = new Set([
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
  'StreamSpecification',
  'TimeToLiveSpecification',
  'SSESpecification',
  'WriteOnDemandThroughputSettings',
  'Replicas',
]);
const KNOWN_OF_REPLICA = new Set([
  'Region',
  'DeletionProtectionEnabled',
  'PointInTimeRecoverySpecification',
  'ContributorInsightsSpecification',
  'SSESpecification',
  'TableClass',
  'Tags',
  'GlobalSecondaryIndexes',
  'ReadOnDemandThroughputSettings',
]);

/**
 * What the CDK's TableV2 emits. Differs from AWS: the replica of the stack's own region is the table; there is no other
 * region, and replicas elsewhere are left out. Capacity that is provisioned (and scaled) is refused: on demand only.
 *
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 */
export function globalTableResource(database: Database): ResourceType {
  return {
    apply: (resource) => {
      refuseUnknownProperties(resource.type, resource.properties, KNOWN);
      const properties = resource.properties as unknown as TableProperties & { Replicas?: readonly Replica[] };
      for (const replica of properties.Replicas ?? []) {
        refuseUnknownProperties(`${resource.type} replica`, replica, KNOWN_OF_REPLICA);
      }
      if (properties.BillingMode !== 'PAY_PER_REQUEST')
        throw notSupported(`provisioned BillingMode of ${resource.type}`);
      const own = properties.Replicas?.find(({ Region }) => Region === database.kernel.region);
      if (!own) throw notSupported(`${resource.type} without a replica in ${database.kernel.region}`);
      const declaration = declarationOf(resource, {
        ...properties,
        ...(own.DeletionProtectionEnabled !== undefined && {
          DeletionProtectionEnabled: own.DeletionProtectionEnabled,
        }),
        GlobalSecondaryIndexes: (properties.GlobalSecondaryIndexes ?? []).map(withoutWriteSettings),
      });
      return applied(saveTable(database, declaration));
    },
  };
}

/** The most an index may write is a cost limit, not behaviour. */
function withoutWriteSettings(index: IndexDeclaration): IndexDeclaration {
  const { WriteOnDemandThroughputSettings: _, ...rest } = index as IndexDeclaration & {
    WriteOnDemandThroughputSettings?: unknown;
  };
  return rest;
}
