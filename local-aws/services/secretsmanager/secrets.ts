import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Principal } from '../../kernel/principal.ts';
import { SecretCipher } from './secret-cipher.ts';
import { type Secret, SecretStore, type SecretVersion } from './secret-store.ts';

export const CURRENT = 'AWSCURRENT';
export const PENDING = 'AWSPENDING';
const PREVIOUS = 'AWSPREVIOUS';

/** Source: reference_limits.html. */
const MAX_VALUE_BYTES = 65_536;
const MAX_STAGES_PER_VERSION = 20;

export interface SecretValue {
  readonly text: string | null;
  /** Base64. */
  readonly binary: string | null;
}

/** The account's secrets and the moves of their staging labels. */
export class Secrets {
  readonly #kernel: Kernel;
  readonly #cipher: SecretCipher;
  readonly store: SecretStore;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#cipher = new SecretCipher(kernel);
    this.store = new SecretStore(kernel.store);
  }

  /** By name, by ARN, or by ARN without its six random characters. */
  find(secretId: unknown): Secret {
    if (typeof secretId !== 'string' || secretId === '') throw invalidParameter('You must provide a SecretId.');
    const isArn = secretId.startsWith('arn:');
    const secret = isArn ? this.store.byArn(secretId) : this.store.byName(secretId);
    const partial = secret || !isArn ? undefined : this.store.byName(secretId.split(':').slice(6).join(':'));
    const found = secret ?? partial;
    if (!found) throw notFound("Secrets Manager can't find the specified secret.");
    return found;
  }

  create(name: string, description: string | null, keyId: string | null, origin: string): Secret {
    if (!/^[\w/+=.@-]{1,512}$/.test(name)) throw invalidParameter(`Invalid name ${name}.`);
    const nowMs = this.#kernel.clock.nowMs();
    const arn = this.#kernel.arn('secretsmanager', `secret:${name}-${this.#randomSuffix()}`);
    const secret: Secret = { name, arn, description, keyId, origin, createdAtMs: nowMs, changedAtMs: nowMs };
    this.store.putSecret(secret);
    return secret;
  }

  valueOf(secret: Secret, version: SecretVersion, principal: Principal): SecretValue {
    const bytes = this.#cipher.open(secret.arn, version.versionId, version, principal);
    return version.form === 'text'
      ? { text: bytes.toString(), binary: null }
      : { text: null, binary: bytes.toString('base64') };
  }

  /** Adds a version under `stages`; AWSCURRENT leaves AWSPREVIOUS behind it. The same again changes nothing. */
  putValue(
    secret: Secret,
    versionId: string,
    value: SecretValue,
    stages: readonly string[],
    principal: Principal,
  ): void {
    checkValue(value);
    if (stages.length === 0 || stages.length > MAX_STAGES_PER_VERSION) {
      throw invalidParameter(`A version has from 1 to ${MAX_STAGES_PER_VERSION} staging labels.`);
    }
    const existing = this.store.version(secret.arn, versionId);
    if (existing) {
      if (isSameValue(this.valueOf(secret, existing, principal), value)) return;
      const message = `You can't use ClientRequestToken ${versionId} because that value is already in use for a \
version of secret ${secret.arn}.`;
      throw new AwsError('ResourceExistsException', message);
    }
    const nowMs = this.#kernel.clock.nowMs();
    const sealed = this.#cipher.seal(secret.arn, versionId, secret.keyId, bytesOf(value), principal);
    const form = value.text === null ? 'binary' : 'text';
    this.store.putVersion(secret.arn, { versionId, form, ...sealed, createdAtMs: nowMs });
    for (const stage of stages) this.moveStage(secret, stage, versionId);
    this.store.putSecret({ ...secret, changedAtMs: nowMs });
  }

  moveStage(secret: Secret, stage: string, versionId: string): void {
    const currentId = this.store.stages(secret.arn).get(stage);
    if (currentId === versionId) return;
    if (stage === CURRENT && currentId !== undefined) this.store.putStage(secret.arn, PREVIOUS, currentId);
    this.store.putStage(secret.arn, stage, versionId);
    this.store.deleteUnstaged(secret.arn);
  }

  removeStage(secret: Secret, stage: string): void {
    this.store.deleteStage(secret.arn, stage);
    this.store.deleteUnstaged(secret.arn);
  }

  #randomSuffix(): string {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    return Array.from({ length: 6 }, () => alphabet[Math.floor(this.#kernel.random.next() * alphabet.length)]).join('');
  }
}

/** Refuses a value that is missing, given twice, empty or too long. */
export function checkValue({ text, binary }: SecretValue): void {
  if ((text === null) === (binary === null)) {
    throw invalidParameter('You must provide either SecretString or SecretBinary, and not both.');
  }
  const { byteLength } = bytesOf({ text, binary });
  if (byteLength === 0 || byteLength > MAX_VALUE_BYTES)
    throw invalidParameter(`A secret value has from 1 to ${MAX_VALUE_BYTES} bytes.`);
}

function bytesOf({ text, binary }: SecretValue): Buffer {
  return text === null ? Buffer.from(binary ?? '', 'base64') : Buffer.from(text);
}

function isSameValue(stored: SecretValue, given: SecretValue): boolean {
  return (stored.text === null) === (given.text === null) && bytesOf(stored).equals(bytesOf(given));
}

/** A version's id, as its caller gives it. */
export function checkToken(token: string): void {
  if (token.length >= 32 && token.length <= 64) return;
  throw invalidParameter('ClientRequestToken must be 32-64 characters long.');
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
