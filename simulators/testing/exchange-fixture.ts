import type { ExecutionReport, NewOrder, RequestAnswer } from '@brokerage/contracts/exchange';
import { Exchange, type ExchangeOptions } from '../exchange/exchange.ts';
import { INSTRUMENTS } from '../exchange/instruments.ts';
import { OrderStore } from '../exchange/order-store.ts';
import { ManualClock } from './manual-clock.ts';

/** An exchange without makers or noise, at noon of a trading day, unless told otherwise. */
export function anExchange(options: Partial<ExchangeOptions> = {}): Exchange {
  return new Exchange({
    clock: new ManualClock(),
    store: new OrderStore(':memory:'),
    instruments: INSTRUMENTS,
    calendar: 'ROUND_THE_CLOCK',
    seed: 7,
    makers: false,
    noise: false,
    ...options,
  });
}

let orders = 0;

/** A DAY order of ana to buy 100 PETR4 at 30.00, with a ClOrdID of its own. */
export function anOrder(fields: Partial<NewOrder> = {}): NewOrder {
  orders += 1;
  const limited = fields.ordType === undefined || fields.ordType === 'LIMIT';
  return {
    clOrdId: `ORD-${orders}`,
    account: 'ana',
    symbol: 'PETR4',
    side: 'BUY',
    ordType: 'LIMIT',
    timeInForce: 'DAY',
    quantity: 100,
    ...(limited ? { priceCents: 3000 } : {}),
    ...fields,
  };
}

/** The answer in one line a report: `TRADE 100@3001`, `CANCELED IOC_REMAINDER`, … */
export function story({ executions }: { readonly executions: readonly ExecutionReport[] }): string[] {
  return executions.map(({ execType, lastQty, lastPxCents, rejectReason, cancelReason, priceCents }) => {
    if (execType === 'TRADE') return `TRADE ${lastQty}@${lastPxCents}`;
    if (execType === 'RESTATED') return `RESTATED ${priceCents}`;
    return [execType, rejectReason ?? cancelReason].filter((part) => part !== null).join(' ');
  });
}

/** Lets bruno rest an order, ana's counterpart. */
export function rest(exchange: Exchange, fields: Partial<NewOrder>): RequestAnswer {
  return exchange.enter(anOrder({ account: 'bruno', side: 'SELL', ...fields }));
}
