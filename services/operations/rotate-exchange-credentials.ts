import type { ForeignCredentials } from '../platform/secrets.ts';
import type { SecretVault } from './secret-vault-gateway.ts';

/** What Secrets Manager sends. Source: Secrets Manager user guide, "Lambda rotation functions". */
export interface RotationEvent {
  readonly Step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';
  readonly SecretId: string;
  /** Id of the version to come. */
  readonly ClientRequestToken: string;
}

/** The exchange, as a member that changes its credentials sees it. */
export interface CredentialsAtExchange {
  /** Whether the exchange takes a key. Throws when it does not say. */
  accepts(apiKey: string): Promise<boolean>;
  /** Shows it a key that is valid, and sets the new credentials beside it. Throws unless they are set. */
  set(validKey: string, next: ForeignCredentials): Promise<void>;
}

export interface RotationPorts {
  readonly vault: SecretVault;
  readonly exchange: CredentialsAtExchange;
  readonly newCredentials: () => ForeignCredentials;
}

/**
 * One step of a rotation. Each may come again after any failure, and finds what it did before. The exchange takes the former key
 * for another day, so that environments change over one by one as their caches end: no order sees the rotation.
 */
export async function rotateExchangeCredentials(event: RotationEvent, ports: RotationPorts): Promise<void> {
  const labels = await ports.vault.labels();
  const versionId = event.ClientRequestToken;
  if (labels.get('AWSCURRENT') === versionId) return;
  if (labels.get('AWSPENDING') !== versionId) throw new Error(`version ${versionId} is not the one to rotate to`);
  switch (event.Step) {
    case 'createSecret':
      if (!(await ports.vault.read('AWSPENDING'))) await ports.vault.putPending(versionId, ports.newCredentials());
      return;
    case 'setSecret':
      return setAtExchange(ports);
    case 'testSecret': {
      const { apiKey } = await pending(ports.vault);
      if (!(await ports.exchange.accepts(apiKey))) throw new Error('the exchange does not take the new key');
      return;
    }
    case 'finishSecret':
      return finish(ports.vault, versionId, labels.get('AWSCURRENT'));
  }
}

/** The new key itself is shown first: it is valid when this step is repeated. */
async function setAtExchange({ vault, exchange }: RotationPorts): Promise<void> {
  const next = await pending(vault);
  if (await exchange.accepts(next.apiKey)) return;
  for (const label of ['AWSCURRENT', 'AWSPREVIOUS'] as const) {
    const known = await vault.read(label);
    if (known && (await exchange.accepts(known.apiKey))) return exchange.set(known.apiKey, next);
  }
  throw new Error('the exchange takes none of our keys');
}

async function finish(vault: SecretVault, versionId: string, currentId: string | undefined): Promise<void> {
  if (currentId === undefined) throw new Error('the secret has no current version');
  await vault.moveCurrent(versionId, currentId);
}

async function pending(vault: SecretVault): Promise<ForeignCredentials> {
  const next = await vault.read('AWSPENDING');
  if (!next) throw new Error('the version to come has no value: createSecret has not run');
  return next;
}
