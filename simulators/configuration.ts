import type { TradingCalendar } from '@brokerage/domain/calendar/trading-calendar';

type Environment = Readonly<Record<string, string | undefined>>;

export interface SimulatorsConfiguration {
  readonly dataDir: string;
  readonly seed: number;
  readonly lingerMs: number;
  readonly exchange: {
    readonly port: number;
    readonly webhookUrl: string;
    readonly marketDataWebhookUrl: string;
    readonly calendar: TradingCalendar;
    readonly makers: boolean;
    readonly noise: boolean;
  };
  readonly bank: { readonly port: number; readonly webhookUrl: string };
}

/** What the environment says, with the defaults of the local stack. Throws on a value that is not one. */
export function readConfiguration(environment: Environment): SimulatorsConfiguration {
  return {
    dataDir: environment.DATA_DIR ?? '.local',
    seed: numberOf(environment, 'SIMULATOR_SEED', 1),
    lingerMs: numberOf(environment, 'WEBHOOK_LINGER_MS', 250),
    exchange: {
      port: numberOf(environment, 'EXCHANGE_PORT', 4600),
      webhookUrl: environment.EXCHANGE_WEBHOOK_URL ?? 'http://localhost:3000/webhooks/exchange',
      marketDataWebhookUrl:
        environment.EXCHANGE_MARKET_DATA_WEBHOOK_URL ?? 'http://localhost:3000/v1/exchange/market-data',
      calendar: environment.EXCHANGE_CALENDAR?.toLowerCase() === 'b3' ? 'B3' : 'ROUND_THE_CLOCK',
      makers: environment.EXCHANGE_MAKERS !== 'off',
      noise: environment.EXCHANGE_NOISE !== 'off',
    },
    bank: {
      port: numberOf(environment, 'BANK_PORT', 4601),
      webhookUrl: environment.BANK_WEBHOOK_URL ?? 'http://localhost:3000/webhooks/bank',
    },
  };
}

function numberOf(environment: Environment, name: string, fallback: number): number {
  const text = environment[name];
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name}=${text} is not a whole number`);
  return value;
}
