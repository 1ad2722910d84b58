import { CfnParameter } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { KEEP, physicalName } from './stage.ts';

/** The exchange and the bank: where they are and what we show them. Their credentials are put in by hand, or by the seed. */
export class ForeignSystems extends Construct {
  readonly exchangeUrl: string;
  readonly bankUrl: string;
  readonly exchangeSecret: Secret;
  readonly bankSecret: Secret;
  readonly tradingCalendar: string;

  constructor(scope: Construct) {
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
    this.exchangeSecret = this.#secret('exchange-credentials');
    this.bankSecret = this.#secret('bank-credentials');
  }

  #secret(name: string): Secret {
    return new Secret(this, name, {
      secretName: physicalName(this, name),
      description: 'JSON: apiKey, webhookSecret',
      removalPolicy: KEEP,
    });
  }
}
