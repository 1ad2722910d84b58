import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { ForeignCredentials } from '../platform/secrets.ts';

export type RotationLabel = 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS';

/** The secret under rotation, as the function that rotates it sees it. */
export interface SecretVault {
  /** Label → version id. */
  labels(): Promise<ReadonlyMap<string, string>>;
  /** Null when no version has the label, or the one that has it has no value yet. */
  read(label: RotationLabel): Promise<ForeignCredentials | null>;
  /** Gives the version to come its value. The same again changes nothing. */
  putPending(versionId: string, value: ForeignCredentials): Promise<void>;
  /** Makes one version the current one in the place of another, which becomes the previous one. */
  moveCurrent(toVersionId: string, fromVersionId: string): Promise<void>;
}

export function createSecretVault(client: SecretsManagerClient, secretId: string): SecretVault {
  return {
    async labels() {
      const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: secretId }));
      const pairs = Object.entries(VersionIdsToStages).flatMap(([versionId, stages]) =>
        stages.map((stage) => [stage, versionId] as const),
      );
      return new Map(pairs);
    },
    async read(label) {
      try {
        const answer = await client.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: label }));
        return ForeignCredentials.parse(JSON.parse(answer.SecretString ?? 'null'));
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return null;
        throw error;
      }
    },
    async putPending(versionId, value) {
      await client.send(
        new PutSecretValueCommand({
          SecretId: secretId,
          ClientRequestToken: versionId,
          SecretString: JSON.stringify(value),
          VersionStages: ['AWSPENDING'],
        }),
      );
    },
    async moveCurrent(toVersionId, fromVersionId) {
      await client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: secretId,
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: toVersionId,
          RemoveFromVersionId: fromVersionId,
        }),
      );
    },
  };
}
