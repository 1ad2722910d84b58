import type { Kernel } from '../../kernel/kernel.ts';
import type { Operation } from '../../kernel/service.ts';
import { CURRENT, checkToken, invalidParameter, notFound, type Secrets, type SecretValue } from './secrets.ts';

interface GetInput {
  readonly SecretId?: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
}

export function getSecretValue(secrets: Secrets): Operation {
  return (input: GetInput, { principal }) => {
    const secret = secrets.find(input.SecretId);
    const stages = secrets.store.stages(secret.arn);
    const version = secrets.store.version(secret.arn, versionIdOf(input, stages));
    if (!version)
      throw notFound(`Secrets Manager can't find the specified secret value for VersionId: ${input.VersionId}`);
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.versionId,
      ...wireValue(secrets.valueOf(secret, version, principal)),
      VersionStages: stagesOf(stages, version.versionId),
      CreatedDate: version.createdAtMs / 1000,
    };
  };
}

/** By id, by label (AWSCURRENT when neither is given), or by both if they agree. */
function versionIdOf({ VersionId, VersionStage }: GetInput, stages: ReadonlyMap<string, string>): string {
  const stage = VersionStage ?? (VersionId === undefined ? CURRENT : undefined);
  if (stage === undefined) return VersionId as string;
  const staged = stages.get(stage);
  if (staged === undefined || (VersionId !== undefined && VersionId !== staged)) {
    throw notFound(`Secrets Manager can't find the specified secret value for staging label: ${stage}`);
  }
  return staged;
}

function wireValue({ text, binary }: SecretValue): { SecretString: string } | { SecretBinary: string | null } {
  return text === null ? { SecretBinary: binary } : { SecretString: text };
}

export function stagesOf(stages: ReadonlyMap<string, string>, versionId: string): string[] {
  return [...stages].filter(([, id]) => id === versionId).map(([stage]) => stage);
}

interface PutInput {
  readonly SecretId?: string;
  readonly ClientRequestToken?: string;
  readonly SecretString?: string;
  /** Base64. */
  readonly SecretBinary?: string;
  readonly VersionStages?: readonly string[];
}

export function putSecretValue(kernel: Kernel, secrets: Secrets): Operation {
  return (input: PutInput, { principal }) => {
    const secret = secrets.find(input.SecretId);
    const versionId = input.ClientRequestToken ?? kernel.random.uuid();
    checkToken(versionId);
    const value = { text: input.SecretString ?? null, binary: input.SecretBinary ?? null };
    secrets.putValue(secret, versionId, value, input.VersionStages ?? [CURRENT], principal);
    const VersionStages = stagesOf(secrets.store.stages(secret.arn), versionId);
    return { ARN: secret.arn, Name: secret.name, VersionId: versionId, VersionStages };
  };
}

export function updateSecretVersionStage(secrets: Secrets): Operation {
  return (input: {
    SecretId?: string;
    VersionStage?: string;
    MoveToVersionId?: string;
    RemoveFromVersionId?: string;
  }) => {
    const { VersionStage: stage, MoveToVersionId: toId, RemoveFromVersionId: fromId } = input;
    const secret = secrets.find(input.SecretId);
    if (!stage) throw invalidParameter('You must provide a VersionStage.');
    const attachedId = secrets.store.stages(secret.arn).get(stage);
    if (fromId !== undefined && fromId !== attachedId) {
      throw invalidParameter(`The parameter RemoveFromVersionId is not the version that ${stage} is attached to.`);
    }
    if (toId === undefined) {
      if (fromId === undefined) throw invalidParameter('You must provide MoveToVersionId or RemoveFromVersionId.');
      if (stage === CURRENT)
        throw invalidParameter(`You can't remove ${CURRENT} without moving it to another version.`);
      secrets.removeStage(secret, stage);
    } else {
      if (!secrets.store.version(secret.arn, toId)) {
        throw notFound(`Secrets Manager can't find the specified secret value for VersionId: ${toId}`);
      }
      if (attachedId !== undefined && attachedId !== toId && fromId === undefined) {
        throw invalidParameter(`The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently \
attached to version ${attachedId}, so you must explicitly reference that version in RemoveFromVersionId.`);
      }
      secrets.moveStage(secret, stage, toId);
    }
    return { ARN: secret.arn, Name: secret.name };
  };
}
