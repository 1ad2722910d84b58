import {
  ClockSetting,
  ExchangeFault,
  ListingSetting,
  MarketSetting,
  type MarketTraders,
  RecordedTrades,
  SessionSetting,
} from '@brokerage/contracts/exchange';
import type { FastifyInstance } from 'fastify';
import { HttpRefusal, parsed } from '../outside/http-shell.ts';
import type { Exchange } from './exchange.ts';
import type { ExchangeService } from './exchange-service.ts';

/** B3 lists some ten thousand instruments, of 300 bytes each here. */
const MAX_LISTING_BYTES = 8 * 1024 * 1024;

/** The panel: faults, clock, market and session. Never faulted itself. */
export function adminRoutes(app: FastifyInstance, service: ExchangeService): void {
  const { exchange, faults } = service;
  app.get('/faults', () => ({ faults: faults.list() }));
  app.put('/faults', ({ body }) => {
    faults.set(parsed(ExchangeFault, body));
    return { faults: faults.list() };
  });
  app.delete('/faults', () => {
    faults.clear();
    return { faults: faults.list() };
  });
  app.put('/clock', async ({ body }) => {
    const setting = parsed(ClockSetting, body);
    const machineMs = service.clock.nowMs() - service.clock.offsetMs();
    service.setClockOffset('offsetMs' in setting ? setting.offsetMs : setting.nowMs - machineMs);
    if ('isLast' in setting && setting.isLast) await service.told();
    return { nowMs: service.clock.nowMs() };
  });
  app.get('/market', (): MarketTraders => exchange.traders);
  app.put('/market', async ({ body }) => {
    const setting = parsed(MarketSetting, body);
    refuseUnlisted(exchange, Object.keys(setting.openingCents ?? {}));
    exchange.setMarket(setting);
    await service.durable();
    return exchange.marketData();
  });
  app.put('/listing', { bodyLimit: MAX_LISTING_BYTES }, async ({ body }) => {
    exchange.list(parsed(ListingSetting, body).instruments);
    await service.durable();
    return { listed: exchange.instruments.length };
  });
  app.post('/trades', async ({ body }) => {
    const { trades } = parsed(RecordedTrades, body);
    refuseUnlisted(
      exchange,
      trades.map(({ symbol }) => symbol),
    );
    exchange.tradeAsRecorded(trades);
    await service.durable();
    return { traded: trades.length };
  });
  app.put('/session', async ({ body }) => {
    exchange.setSession(parsed(SessionSetting, body).open);
    await service.durable();
    return exchange.marketData([]).session;
  });
}

function refuseUnlisted(exchange: Exchange, symbols: readonly string[]): void {
  const unknown = symbols.filter((symbol) => !exchange.lists(symbol));
  if (unknown.length > 0) throw new HttpRefusal(400, 'UNKNOWN_SYMBOL', `${unknown.join(', ')} is not listed.`);
}
