/** What the brokerage and a simulator share: the key of its API and the secret of its webhooks. The defaults are for the local stack only. */
export interface SimulatorCredentials {
  readonly apiKey: string;
  readonly webhookSecret: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** EXCHANGE_API_KEY, EXCHANGE_WEBHOOK_SECRET. */
export function exchangeCredentials(environment: Environment): SimulatorCredentials {
  return {
    apiKey: environment.EXCHANGE_API_KEY ?? 'local-exchange-key-000000000000',
    webhookSecret: environment.EXCHANGE_WEBHOOK_SECRET ?? 'local-exchange-webhook-secret-00',
  };
}

/** BANK_API_KEY, BANK_WEBHOOK_SECRET. */
export function bankCredentials(environment: Environment): SimulatorCredentials {
  return {
    apiKey: environment.BANK_API_KEY ?? 'local-bank-key-0000000000000000',
    webhookSecret: environment.BANK_WEBHOOK_SECRET ?? 'local-bank-webhook-secret-000000',
  };
}
