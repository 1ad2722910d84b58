import { CfnParameter } from 'aws-cdk-lib';
import { type CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Encryption } from './encryption.ts';
import { exempt } from './exempt.ts';
import { KEEP, physicalName } from './stage.ts';

/** The exchange and the bank: where they are and what we show them. Their credentials are put in by hand, or by the seed. */
export class ForeignSystems extends Construct {
  readonly exchangeUrl: string;
  readonly bankUrl: string;
  readonly exchangeSecret: Secret;
  readonly bankSecret: Secret;
  readonly tradingCalendar: string;

  constructor(scope: Construct, encryption: Encryption) {
    super(scope, 'ForeignSystems');
    const parameter = (name: string, description: string, standard?: string) => {
      const made = new CfnParameter(this, name, {
        type: 'String',
        description,
        ...(standard ? { default: standard } : {}),
      });
      made.overrideLogicalId(name);
      return made.valueAsString;
    };
    this.exchangeUrl = parameter('ExchangeUrl', 'Base URL of the exchange’s order entry');
    this.bankUrl = parameter('BankUrl', 'Base URL of the PIX provider');
    this.tradingCalendar = parameter('TradingCalendar', 'B3 or ROUND_THE_CLOCK', 'B3');
    this.exchangeSecret = this.#secret('exchange-credentials', encryption);
    this.bankSecret = this.#secret('bank-credentials', encryption);
    exempt(this.bankSecret, { SMG4: 'The PIX provider has no interface to set new credentials: people agree on them' });
  }

  #secret(name: string, { key }: Encryption): Secret {
    const secret = new Secret(this, name, {
      secretName: physicalName(this, name),
      description: 'JSON: apiKey, webhookSecret',
      removalPolicy: KEEP,
    });
    // Not by `encryptionKey`, which opens the key's policy for every secret and action that might be.
    (secret.node.defaultChild as CfnSecret).kmsKeyId = key.keyArn;
    return secret;
  }
}
