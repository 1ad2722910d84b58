import { exchangeCredentials } from '@brokerage/simulators/credentials';

/** Where the books lie. On the laptop the administrator's key is `test`. */
export interface AuditorSettings {
  readonly awsEndpoint: string;
  readonly exchangeUrl: string;
  readonly exchangeApiKey: string;
}

/** AWS_PORT, EXCHANGE_PORT, EXCHANGE_API_KEY, with the defaults of the local stack. */
export function auditorSettings(environment: Readonly<Record<string, string | undefined>>): AuditorSettings {
  return {
    awsEndpoint: `http://127.0.0.1:${environment.AWS_PORT ?? 4566}`,
    exchangeUrl: `http://127.0.0.1:${environment.EXCHANGE_PORT ?? 4600}`,
    exchangeApiKey: exchangeCredentials(environment).apiKey,
  };
}
