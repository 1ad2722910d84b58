import type {
  CancelRequest,
  ExchangeInstrument,
  ExchangeSession,
  MarketData,
  MarketSetting,
  MarketTraders,
  NewOrder,
  OrderState,
  RecordedTrades,
  ReplaceRequest,
  RequestAnswer,
} from '@brokerage/contracts/exchange';
import type { TradingCalendar } from '@brokerage/domain/calendar/trading-calendar';
import type { SimulatorClock } from '../outside/clock.ts';
import type { OutboundItem, OutboundSource } from '../outside/outbound-stream.ts';
import { seededRandom } from '../outside/random.ts';
import type { ListedInstrument } from './instruments.ts';
import { MarketFeed } from './market-feed.ts';
import { MarketMakers } from './market-makers.ts';
import { triggerStops } from './matching.ts';
import { MemberRequests } from './member-requests.ts';
import { NoiseTraders } from './noise-traders.ts';
import { isOpenNow } from './order-check.ts';
import { restoreOrder } from './order-entry.ts';
import { orderState } from './order-query.ts';
import type { OrderStore } from './order-store.ts';
import { tradeAsRecorded } from './recorded-trading.ts';
import { ReportLog } from './report-log.ts';
import { sessionAt } from './sessions.ts';
import { type SymbolFigures, SymbolMarket } from './symbol-market.ts';
import { endOrder, type TradingFloor } from './trading-floor.ts';

export interface ExchangeOptions {
  readonly clock: SimulatorClock;
  readonly store: OrderStore;
  readonly instruments: readonly ListedInstrument[];
  readonly calendar: TradingCalendar;
  readonly seed: number;
  readonly makers: boolean;
  readonly noise: boolean;
}

const FAIR_PRICES = 'fairPrices';
const FORCED_OPEN = 'forcedOpen';
const ACKNOWLEDGED = 'acknowledgedSeq';
const LISTED = 'listed';

/**
 * The exchange: a function of its messages, the clock and the seed. Every operation takes effect at once; what it answers may leave
 * only after `commit()`, which makes all of it durable.
 */
export class Exchange {
  readonly #clock: SimulatorClock;
  readonly #store: OrderStore;
  readonly #floor: TradingFloor;
  readonly #markets: Map<string, SymbolMarket>;
  readonly #requests: MemberRequests;
  readonly #makers: MarketMakers;
  readonly #noise: NoiseTraders;
  /** Instruments that came with recorded days. */
  readonly #listedSince: ListedInstrument[];
  #committedSeq: number;

  /** Goes on from what the store holds. */
  constructor({ clock, store, instruments, calendar, seed, makers, noise }: ExchangeOptions) {
    this.#clock = clock;
    this.#store = store;
    const atMs = clock.nowMs();
    const session = sessionAt(calendar, atMs);
    const figures = (symbol: string) => store.fact<SymbolFigures>(`figures:${symbol}`);
    const marketOf = (each: ListedInstrument) => new SymbolMarket(each, session.tradeDate, figures(each.symbol));
    this.#listedSince = store.fact<ListedInstrument[]>(LISTED) ?? [];
    const listed = [...instruments, ...this.#listedSince];
    this.#markets = new Map(listed.map((each) => [each.symbol, marketOf(each)]));
    this.#floor = {
      markets: this.#markets,
      open: new Map(),
      reports: new ReportLog(store),
      feed: new MarketFeed(store.ticks),
      calendar,
      session,
      moment: { atMs, tradeDate: session.tradeDate },
      forcedOpen: store.fact<boolean | null>(FORCED_OPEN) ?? null,
    };
    for (const order of store.openOrders()) restoreOrder(this.#floor, order);
    this.#requests = new MemberRequests(store, this.#floor);
    const fairPrices = store.fact<Record<string, number>>(FAIR_PRICES) ?? {};
    this.#makers = new MarketMakers(this.#floor, seededRandom(seed, 'makers'), fairPrices, makers);
    this.#noise = new NoiseTraders(this.#floor, this.#makers, seededRandom(seed, 'noise'), noise);
    this.#committedSeq = store.lastSeq();
    this.#startSession(atMs);
    this.#requoteAll();
    this.commit();
  }

  /** `refused`: the member is refused for good, as the fault panel may ask. */
  enter(message: NewOrder, refused = false): RequestAnswer {
    return this.#run(() => this.#requests.enter(message, refused, (symbol) => this.#settle(symbol)));
  }

  replace(message: ReplaceRequest, refused = false): RequestAnswer {
    return this.#run(() => this.#requests.replace(message, refused, (symbol) => this.#settle(symbol)));
  }

  cancel(message: CancelRequest, refused = false): RequestAnswer {
    return this.#run(() => this.#requests.cancel(message, refused));
  }

  /** What is known of a ClOrdID now, or undefined. */
  state(clOrdId: string): OrderState | undefined {
    return this.#run(() => orderState(this.#store, this.#floor, clOrdId));
  }

  /** Of all symbols when none are given; an unknown one is left out. */
  marketData(symbols?: readonly string[]): MarketData {
    return this.#run(() => {
      const markets = [...this.#floor.markets.values()];
      const wanted = markets.filter(({ instrument }) => symbols?.includes(instrument.symbol) ?? true);
      return {
        nowMs: this.#floor.moment.atMs,
        session: this.#session(),
        quotes: wanted.map((market) => market.quote()),
      };
    });
  }

  /** Lets what is due happen: expiries, the next trade date, a noise trade, quotes in the feed. Call every 50 ms or so, and after the clock was set. */
  tick(): void {
    this.#run(() => {
      if (!isOpenNow(this.#floor)) return;
      const touched = this.#noise.trade();
      for (const market of this.#floor.markets.values()) {
        const moved = market.instrument.mainSymbol === touched?.instrument.mainSymbol;
        if (moved || market.makersHit) this.#settle(market.instrument.symbol);
      }
      this.#floor.feed.addQuotes(this.#floor.markets.values(), this.#floor.moment);
    });
  }

  /** Opening prices first, then who quotes and trades from now on. An unknown symbol is left out. */
  setMarket({ openingCents = {}, makers, noise }: MarketSetting): void {
    this.#run(() => {
      for (const market of this.#floor.markets.values()) {
        const { symbol, mainSymbol } = market.instrument;
        const cents = openingCents[symbol] ?? openingCents[mainSymbol];
        if (cents === undefined) continue;
        market.reopen(cents);
        if (symbol === mainSymbol) this.#makers.moveFair(market, cents);
      }
      this.#noise.on = noise ?? this.#noise.on;
      if (makers && !this.#makers.on) this.#makers.comeBack();
      else this.#makers.on = makers ?? this.#makers.on;
      this.#requoteAll();
    });
  }

  get traders(): MarketTraders {
    return { makers: this.#makers.on, noise: this.#noise.on };
  }

  get instruments(): readonly ListedInstrument[] {
    return [...this.#markets.values()].map(({ instrument }) => instrument);
  }

  lists(symbol: string): boolean {
    return this.#markets.has(symbol);
  }

  /** Lists what is new; what is there begins the trade date anew at the previous close given. */
  list(instruments: readonly ExchangeInstrument[]): void {
    this.#run(() => {
      for (const instrument of instruments) {
        const listed = this.#markets.get(instrument.symbol);
        if (listed) listed.reopen(instrument.previousCloseCents);
        else this.#addMarket({ ...instrument, quoted: false });
      }
      this.#store.saveFact(LISTED, this.#listedSince);
    });
  }

  /** An unknown symbol is left out. */
  tradeAsRecorded(trades: RecordedTrades['trades']): void {
    this.#run(() => {
      for (const trade of trades) {
        const market = this.#markets.get(trade.symbol);
        if (market === undefined) continue;
        tradeAsRecorded(this.#floor, market, trade);
        this.#settle(trade.symbol);
      }
    });
  }

  /** Overrules the calendar until further notice; null gives it back. */
  setSession(open: boolean | null): void {
    this.#floor.forcedOpen = open;
    this.#store.saveFact(FORCED_OPEN, open);
  }

  /** Makes everything so far durable and visible to webhooks and gap recovery. */
  commit(): void {
    for (const market of this.#floor.markets.values()) {
      if (!market.changed) continue;
      this.#store.saveFact(`figures:${market.instrument.symbol}`, market.figures);
      market.changed = false;
    }
    if (this.#makers.changed) this.#store.saveFact(FAIR_PRICES, this.#makers.fairPrices());
    this.#makers.changed = false;
    this.#store.commit();
    this.#floor.feed.committed();
    this.#committedSeq = this.#floor.reports.lastSeq;
  }

  /** Durable reports with seq > `afterSeq`, as JSON. */
  reportsSince(afterSeq: number, limit: number): OutboundItem[] {
    return this.#store.reportsSince(afterSeq, this.#committedSeq, limit);
  }

  get committedSeq(): number {
    return this.#committedSeq;
  }

  /** The reports as a stream of webhooks reads them. An acknowledgement is durable with the next commit; lost, it only repeats. */
  outbound(): OutboundSource {
    let acknowledged = this.#store.fact<number>(ACKNOWLEDGED) ?? 0;
    return {
      read: (afterSeq, limit) => this.reportsSince(afterSeq, limit),
      lastSeq: () => this.#committedSeq,
      acknowledged: () => acknowledged,
      acknowledge: (seq) => {
        acknowledged = seq;
        this.#store.saveFact(ACKNOWLEDGED, seq);
      },
    };
  }

  /** The market data, likewise: what is acknowledged is gone for good. */
  marketFeed(): OutboundSource {
    return this.#floor.feed;
  }

  #addMarket(instrument: ListedInstrument): void {
    this.#listedSince.push(instrument);
    this.#markets.set(instrument.symbol, new SymbolMarket(instrument, this.#floor.session.tradeDate, undefined));
  }

  /** Every command: first time does what fell due before it, last its orders are written. */
  #run<Result>(command: () => Result): Result {
    const atMs = this.#clock.nowMs();
    if (atMs >= this.#floor.session.endsAtMs || atMs < this.#floor.moment.atMs) this.#startSession(atMs);
    this.#floor.moment = { atMs, tradeDate: this.#floor.session.tradeDate };
    const result = command();
    this.#floor.reports.endCommand();
    return result;
  }

  /** Ends what expired up to now, in order, and begins the session of now. Orders expire only when a session ends. */
  #startSession(atMs: number): void {
    const { calendar, open, markets } = this.#floor;
    const due = [...open.values()].filter(({ expiresAtMs }) => expiresAtMs !== null && expiresAtMs <= atMs);
    for (const order of due.sort((a, b) => (a.expiresAtMs ?? 0) - (b.expiresAtMs ?? 0) || a.priority - b.priority)) {
      const expiredAtMs = order.expiresAtMs ?? atMs;
      // The instant of the end already belongs to the next session.
      const { tradeDate } = sessionAt(calendar, expiredAtMs - 1);
      endOrder(this.#floor, order, { as: 'EXPIRED', moment: { atMs: expiredAtMs, tradeDate } });
    }
    this.#floor.reports.endCommand();
    this.#floor.session = sessionAt(calendar, atMs);
    for (const market of markets.values()) market.startTradeDate(this.#floor.session.tradeDate);
  }

  /** After trades: stops, then the makers' quotes, whose own trades may trigger more stops. */
  #settle(symbol: string): void {
    const market = this.#floor.markets.get(symbol);
    if (market === undefined) return;
    triggerStops(this.#floor, market);
    this.#makers.replenish(market);
    triggerStops(this.#floor, market);
  }

  #requoteAll(): void {
    for (const market of this.#floor.markets.values()) {
      this.#makers.quote(market);
      this.#settle(market.instrument.symbol);
    }
    this.#floor.reports.endCommand();
  }

  #session(): ExchangeSession {
    const { session, forcedOpen } = this.#floor;
    const open = isOpenNow(this.#floor);
    return {
      state: open ? 'OPEN' : 'CLOSED',
      tradeDate: session.tradeDate,
      opensAtMs: open || forcedOpen === false ? null : session.opensAtMs,
      endsAtMs: session.endsAtMs,
    };
  }
}
