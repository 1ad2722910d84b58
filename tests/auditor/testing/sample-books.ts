/** A small set of books that adds up, written by hand from the worked examples of the fee table: no code of the ledger had a part in it. */
import type { ExecutionReport } from '@brokerage/contracts/exchange';
import type { Books, EntryRecord, EventRecord, Fees, FillRecord, OrderRecord } from '../books.ts';
import { canonicalJson, sha256 } from '../canonical-json.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 15, 0, 0);
const DATE = '2026-11-24';
const ISIN = 'BRPETRACNPR6';

type Money = Readonly<Record<string, number>>;

export function anEntry(accountId: string, kind: string, key: string, money: Money, shares: Money = {}): EntryRecord {
  const entryId = `${kind}#${key}`;
  const [orderId = '', executionId = ''] = key.split('#');
  return {
    accountId,
    entryId,
    entryKey: `${new Date(NOW_MS).toISOString()}#${entryId}`,
    kind,
    atMs: NOW_MS,
    orderId: orderId.startsWith('ORD-') ? orderId : null,
    executionId: kind === 'TRADE' ? executionId : null,
    money: Object.entries(money).map(([account, amountCents]) => ({ account, amountCents })),
    shares: Object.entries(shares).map(([account, quantity]) => ({ account, isin: ISIN, quantity })),
  };
}

function fees(TRADING: number, CCP: number, TTA: number): Fees {
  return { TRADING, CCP, TTA, BROKERAGE: 0, ISS: 0 };
}

/** Binds events to each other: the order of each as it was after it, with the entries and fills it booked. */
export function sealed(
  orderId: string,
  links: readonly { order: OrderRecord; entryIds?: readonly string[]; fills?: readonly FillRecord[] }[],
): EventRecord[] {
  const events: EventRecord[] = [];
  for (const [index, { order, entryIds = [], fills = [] }] of links.entries()) {
    const { auditHash: _hash, executionIds: _ids, ...shown } = order;
    const payload = { order: shown, fills, entryIds };
    const content = { seq: index + 1, previousHash: events.at(-1)?.hash ?? '', payload };
    events.push({
      ...content,
      orderId,
      accountId: order.accountId,
      eventKey: `${orderId}#${content.seq}`,
      hash: sha256(canonicalJson({ ...content, subjectId: orderId })),
    });
  }
  return events;
}

function anOrder(orderId: string, version: number, fields: Partial<OrderRecord>): OrderRecord {
  return {
    orderId,
    version,
    accountId: 'ana',
    clientOrderId: `client-${orderId}`,
    isin: ISIN,
    side: 'BUY',
    type: 'LIMIT',
    tickCents: 1,
    quantity: 100,
    limitPriceCents: 3025,
    stopPriceCents: null,
    reservePriceCents: 3025,
    status: 'NEW',
    exchangeState: 'WORKING',
    pendingRequest: null,
    amendments: [],
    waitingFor: null,
    filledQuantity: 0,
    bustedQuantity: 0,
    announcedQuantity: 0,
    executionIds: [],
    fees: fees(0, 0, 0),
    feeBand: 'UP_TO_3M',
    blockedCents: 0,
    blockedQuantity: 0,
    receivedAtMs: NOW_MS,
    updatedAtMs: NOW_MS,
    tradeDate: DATE,
    auditSeq: version,
    auditHash: '',
    ...fields,
  };
}

function aFill(
  order: OrderRecord,
  executionId: string,
  quantity: number,
  priceCents: number,
  charged: Fees,
): FillRecord {
  const { orderId, accountId, isin, side } = order;
  const grossCents = quantity * priceCents;
  const cost = charged.TRADING + charged.CCP + charged.TTA;
  const netCents = side === 'BUY' ? grossCents + cost : grossCents - cost;
  const terms = { quantity, priceCents, grossCents, netCents, fees: charged };
  return { orderId, executionId, accountId, symbol: 'PETR4', isin, side, ...terms, tradeDate: DATE, isBusted: false };
}

function reportsOf(order: OrderRecord, fills: readonly FillRecord[], firstSeq: number): ExecutionReport[] {
  let cumQty = 0;
  const report = (seq: number, fill: FillRecord | null): ExecutionReport => {
    cumQty += fill?.quantity ?? 0;
    return {
      seq,
      execId: fill?.executionId ?? `N${seq}`,
      execType: fill ? 'TRADE' : 'NEW',
      ordStatus: cumQty === 0 ? 'NEW' : cumQty < order.quantity ? 'PARTIALLY_FILLED' : 'FILLED',
      firstClOrdId: order.orderId,
      clOrdId: order.orderId,
      origClOrdId: null,
      account: order.accountId,
      symbol: 'PETR4',
      side: order.side,
      ordType: 'LIMIT',
      timeInForce: 'DAY',
      orderQty: order.quantity,
      priceCents: order.limitPriceCents,
      stopPriceCents: null,
      lastQty: fill?.quantity ?? null,
      lastPxCents: fill?.priceCents ?? null,
      aggressor: fill ? true : null,
      cumQty,
      leavesQty: order.quantity - cumQty,
      rejectReason: null,
      cancelReason: null,
      tradeDate: DATE,
      transactTimeMs: NOW_MS,
    };
  };
  return [report(firstSeq, null), ...fills.map((fill, index) => report(firstSeq + 1 + index, fill))];
}

const UNSENT = { status: 'PENDING_NEW', exchangeState: 'UNSENT', reservePriceCents: null };

/** Ana buys 100 at 30.25 and gets 60 @ 30.01 and 40 @ 30.00. */
function filledPurchase() {
  const accepted = anOrder('ORD-A', 1, UNSENT);
  const reserved = anOrder('ORD-A', 2, { status: 'PENDING_NEW', exchangeState: 'SENT', blockedCents: 302_589 });
  const fills = [aFill(reserved, 'X1', 60, 3001, fees(9, 40, 4)), aFill(reserved, 'X2', 40, 3000, fees(6, 27, 3))];
  const quantities = { filledQuantity: 100, announcedQuantity: 100, executionIds: ['X1', 'X2'], fees: fees(15, 67, 7) };
  const filled = anOrder('ORD-A', 3, { status: 'FILLED', ...quantities });
  const feePostings = (T: number, C: number, A: number) => ({
    'house.fees.trading': T,
    'house.fees.ccp': C,
    'house.fees.tta': A,
  });
  const bought = (net: number, gross: number) => ({ payable: net, 'house.unsettled': -net, 'house.clearing': gross });
  const entries = [
    anEntry('ana', 'BLOCK', 'ORD-A#2#0', { available: -302_589, blocked: 302_589 }),
    anEntry(
      'ana',
      'TRADE',
      'ORD-A#X1',
      { blocked: -181_553, available: 1_440, ...bought(180_113, 180_060), ...feePostings(9, 40, 4) },
      { free: 60, 'house.clearing': -60 },
    ),
    anEntry(
      'ana',
      'TRADE',
      'ORD-A#X2',
      { blocked: -121_036, available: 1_000, ...bought(120_036, 120_000), ...feePostings(6, 27, 3) },
      { free: 40, 'house.clearing': -40 },
    ),
  ];
  const events = sealed('ORD-A', [
    { order: accepted },
    { order: reserved, entryIds: ['BLOCK#ORD-A#2#0'] },
    { order: filled, entryIds: ['TRADE#ORD-A#X1', 'TRADE#ORD-A#X2'], fills },
  ]);
  return { order: closed(filled, events), fills, entries, events, executions: reportsOf(filled, fills, 1) };
}

/** Ana's bid at 29.00 rests. */
function restingPurchase() {
  const terms = { limitPriceCents: 2900 };
  const accepted = anOrder('ORD-B', 1, { ...terms, ...UNSENT });
  const resting = anOrder('ORD-B', 2, { ...terms, reservePriceCents: 2900, blockedCents: 290_085 });
  const entries = [anEntry('ana', 'BLOCK', 'ORD-B#2#0', { available: -290_085, blocked: 290_085 })];
  const events = sealed('ORD-B', [{ order: accepted }, { order: resting, entryIds: ['BLOCK#ORD-B#2#0'] }]);
  return { order: closed(resting, events), fills: [], entries, events, executions: reportsOf(resting, [], 4) };
}

/** Bruno sells 100 @ 29.99. */
function filledSale() {
  const sale = { accountId: 'bruno', side: 'SELL', limitPriceCents: 2999 } as const;
  const accepted = anOrder('ORD-C', 1, { ...sale, ...UNSENT });
  const sold = { filledQuantity: 100, announcedQuantity: 100, executionIds: ['X3'], fees: fees(14, 67, 7) };
  const filled = anOrder('ORD-C', 2, { ...sale, reservePriceCents: 2999, status: 'FILLED', ...sold });
  const fills = [aFill(filled, 'X3', 100, 2999, fees(14, 67, 7))];
  const proceeds = { receivable: 299_812, 'house.clearing': -299_900 };
  const feePostings = { 'house.fees.trading': 14, 'house.fees.ccp': 67, 'house.fees.tta': 7 };
  const entries = [
    anEntry('bruno', 'BLOCK', 'ORD-C#2#0', {}, { free: -100, blocked: 100 }),
    anEntry('bruno', 'TRADE', 'ORD-C#X3', { ...proceeds, ...feePostings }, { blocked: -100, 'house.clearing': 100 }),
  ];
  const entryIds = entries.map(({ entryId }) => entryId);
  const events = sealed('ORD-C', [{ order: accepted }, { order: filled, entryIds, fills }]);
  return { order: closed(filled, events), fills, entries, events, executions: reportsOf(filled, fills, 5) };
}

function closed(order: OrderRecord, events: readonly EventRecord[]): OrderRecord {
  return { ...order, auditHash: events.at(-1)?.hash ?? '' };
}

/** Carla pays in 100.00 and takes out 40.00. */
const CASH: Pick<Books, 'entries' | 'transfers'> = {
  entries: [
    anEntry('ana', 'DEPOSIT', 'OPENING-ana', { 'house.bank': -100_000_000, available: 100_000_000 }),
    anEntry('bruno', 'DEPOSIT', 'OPENING-bruno', { 'house.bank': -5_000_000, available: 5_000_000 }),
    anEntry('bruno', 'CUSTODY_IN', 'OPENING-bruno-PETR4', {}, { 'house.depository': -1_000, free: 1_000 }),
    anEntry('carla', 'DEPOSIT', 'E1', { 'house.bank': -10_000, available: 10_000 }),
    anEntry('carla', 'WITHDRAWAL', 'WDR-1', { available: -4_000, 'house.payouts': 4_000 }),
  ],
  transfers: [
    {
      transferId: 'TX1',
      kind: 'DEPOSIT',
      accountId: 'carla',
      amountCents: 10_000,
      paidCents: 10_000,
      returnedCents: 0,
    },
    {
      transferId: 'E2E#E1',
      kind: 'PAYMENT',
      endToEndId: 'E1',
      txid: 'TX1',
      accountId: 'carla',
      amountCents: 10_000,
      status: 'CREDITED',
    },
    { transferId: 'WDR-1', kind: 'WITHDRAWAL', accountId: 'carla', amountCents: 4_000, status: 'PENDING' },
  ],
};

function aBalance(accountId: string, available: number, blocked: number, receivable: number, payable: number) {
  return {
    accountId,
    availableCents: available,
    blockedCents: blocked,
    receivableCents: receivable,
    payableCents: payable,
    buyingPowerCents: available + receivable,
  };
}

export function sampleBooks(): Books {
  const histories = [filledPurchase(), restingPurchase(), filledSale()];
  const events = histories.flatMap((history) => history.events);
  return {
    nowMs: NOW_MS,
    orders: histories.map(({ order }) => order),
    fills: histories.flatMap(({ fills }) => fills),
    keys: histories.map(({ order }) => ({
      orderId: `KEY#${order.accountId}#${order.clientOrderId}`,
      acceptedOrderId: order.orderId,
    })),
    balances: [
      aBalance('ana', 99_409_766, 290_085, 0, 300_149),
      aBalance('bruno', 5_000_000, 0, 299_812, 0),
      aBalance('carla', 6_000, 0, 0, 0),
    ],
    positions: [
      { accountId: 'ana', isin: ISIN, freeQuantity: 100, blockedQuantity: 0, settledQuantity: 0 },
      { accountId: 'bruno', isin: ISIN, freeQuantity: 900, blockedQuantity: 0, settledQuantity: 1_000 },
    ],
    entries: [...CASH.entries, ...histories.flatMap(({ entries }) => entries)],
    events,
    transfers: CASH.transfers,
    executions: histories.flatMap(({ executions }) => executions),
    archivedEventIds: events.map(({ orderId, seq }) => `${orderId}#${seq}`),
  };
}
