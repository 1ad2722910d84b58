import { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';
import { KEEP, physicalName } from './stage.ts';

/** What the account's roles may be allowed to do with the key's ciphertexts, and nothing else. */
const USE = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** What keeps the key, without being able to read by it. Source: KMS developer guide, "Allows key administrators to administer the key". */
const ADMINISTRATION = [
  ...['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:PutKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:EnableKeyRotation'],
  ...['kms:ListResourceTags', 'kms:TagResource', 'kms:UntagResource', 'kms:UpdateKeyDescription'],
  ...['kms:CreateAlias', 'kms:UpdateAlias', 'kms:DeleteAlias', 'kms:EnableKey', 'kms:DisableKey'],
  ...['kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion'],
];

/** Of whichever client, but of one. */
const A_CLIENT = { StringLike: { 'kms:EncryptionContext:client': '*' } };

/**
 * The one key that data at rest stands under, renewed by AWS every year. A role may use it for a named encryption context alone: the
 * right to a bucket's data keys opens no secret, and the other way round.
 */
export class Encryption extends Construct {
  readonly key: Key;
  /** Makes the index by which a CPF is recognised. Never renewed: the index of a CPF must stay what it is. */
  readonly cpfIndexKey: Key;

  constructor(scope: Construct) {
    super(scope, 'Encryption');
    this.key = new Key(this, 'Key', {
      alias: physicalName(this, 'brokerage'),
      description: `Data at rest of ${Stack.of(this).stackName}`,
      enableKeyRotation: true,
      policy: keyPolicy(USE),
      removalPolicy: KEEP,
    });
    this.cpfIndexKey = new Key(this, 'CpfIndexKey', {
      alias: physicalName(this, 'cpf-index'),
      description: `Index of clients’ CPFs of ${Stack.of(this).stackName}`,
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      policy: keyPolicy(['kms:GenerateMac']),
      removalPolicy: KEEP,
    });
  }

  /** New data keys for a bucket's objects or a secret's values. */
  mayEncrypt(lambda: ServiceFunction, context: EncryptionContext): ServiceFunction {
    return this.#allow(lambda, 'kms:GenerateDataKey', context);
  }

  mayDecrypt(lambda: ServiceFunction, context: EncryptionContext): ServiceFunction {
    return this.#allow(lambda, 'kms:Decrypt', context);
  }

  /** Any client's, but only as a client's: the right opens neither objects nor secrets. */
  mayReadPersonalData(lambda: ServiceFunction): ServiceFunction {
    return lambda.allowIf(A_CLIENT, ['kms:Decrypt'], this.key.keyArn);
  }

  /** Without being able to read them again. */
  mayWritePersonalData(lambda: ServiceFunction): ServiceFunction {
    return lambda.allowIf(A_CLIENT, ['kms:GenerateDataKey'], this.key.keyArn);
  }

  mayIndexCpf(lambda: ServiceFunction): ServiceFunction {
    return lambda.allow(['kms:GenerateMac'], this.cpfIndexKey.keyArn);
  }

  #allow(lambda: ServiceFunction, action: string, context: EncryptionContext): ServiceFunction {
    const pairs = Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]);
    return lambda.allowIf({ StringEquals: Object.fromEntries(pairs) }, [action], this.key.keyArn);
  }
}

/** As S3 with bucket keys, and Secrets Manager, give it to KMS. */
export type EncryptionContext = { readonly 'aws:s3:arn': string } | { readonly SecretARN: string };

/** Its administrators and its users are roles of this account, each as far as the role's own policy says. */
function keyPolicy(use: readonly string[]): PolicyDocument {
  const allow = (sid: string, actions: readonly string[]) =>
    new PolicyStatement({
      sid,
      effect: Effect.ALLOW,
      principals: [new AccountRootPrincipal()],
      actions: [...actions],
      resources: ['*'],
    });
  return new PolicyDocument({ statements: [allow('Administer', ADMINISTRATION), allow('Use', use)] });
}
