import type { OrderView } from '@brokerage/contracts/rest/orders';
import { cents } from '@brokerage/domain/money/cents';
import { formatCents } from '@brokerage/domain/money/decimal';
import type { DayPlan } from '../plan/day-plan.ts';
import { loneExecutions } from '../run/final-orders.ts';
import type { StepResult } from '../run/order-driver.ts';
import { compareTrades, TRADE_CLASSES, type TradeClass } from './compare-trades.ts';
import { replayedTrades } from './replayed-trades.ts';
import { outcomeOf, STEP_OUTCOMES, type StepOutcome } from './step-outcomes.ts';
import { type Row, section, tally } from './text-table.ts';

export interface Replay {
  readonly file: string;
  readonly plan: DayPlan;
  readonly results: readonly StepResult[];
  /** By the file's order number. */
  readonly finalOrders: ReadonlyMap<string, OrderView>;
  readonly durationMs: number;
  readonly throttled: number;
}

const NOTES = [
  'Events are sent in the order of SecondaryOrderID, the count of the exchange: within a second the lines of the file are in no order.',
  'Each member has an account that buys and one that sells: the file does not name investors, and what a member trades with itself is between two of them.',
  'An event with price 0 is a market order: it is sent as MARKET, and what the book cannot fill rests at the price of its last trade (B3).',
  'An order with two News was meant for the closing call: it waits until the second. The exchange here has no auction, so orders of the call trade at once.',
  'An order without New whose first event is an Update enters by it; one whose first event is a Trade or a Cancel stood in the book before.',
];

/** The replay as a person reads it. */
export function replayReport(replay: Replay): string {
  return [
    ...headOf(replay),
    ...sentSection(replay),
    ...ordersSection(replay),
    ...tradesSection(replay),
    '',
    ...NOTES.map((note) => `* ${note}`),
  ].join('\n');
}

function headOf({ file, plan, results, durationMs, throttled }: Replay): string[] {
  const seconds = durationMs / 1_000;
  const sent = results.filter(({ answer }) => answer !== null).length;
  const orders = [...plan.orders.values()];
  const members = new Set(orders.map(({ member }) => member)).size;
  const accounts = new Set(orders.map(({ investor }) => investor)).size;
  const rate = (sent / seconds).toFixed(1);
  return [
    `${file}: session of ${plan.sessionDate}, ${[...plan.lanes.keys()].join(' and ')}, ${orders.length} orders of ${members} members (${accounts} accounts)`,
    `${sent} events sent in ${seconds.toFixed(1)} s (${rate} events/s)${throttled > 0 ? `, ${throttled} times throttled` : ''}`,
  ];
}

function sentSection({ plan, results, finalOrders }: Replay): string[] {
  const kinds = tally(results, ({ step }) => `${METHODS[step.action.kind]} (${step.action.kind.toLowerCase()})`);
  const answers = tally(results, ({ step, answer }) => {
    return answer === null ? null : `${METHODS[step.action.kind]} ${answer.status} ${answer.code ?? ''}`.trimEnd();
  });
  const outcomes = tally(results, (result) => {
    const outcome: StepOutcome = outcomeOf(result, finalOrders.get(result.step.orderNumber));
    return `${METHODS[result.step.action.kind]} ${STEP_OUTCOMES[outcome]}`;
  });
  const { TRADE, REPEATED_NEW, NO_PRICE_KNOWN } = plan.unsent;
  const unsent: Row[] = [
    ['Trade records, the reference', TRADE],
    ['first of two News', REPEATED_NEW],
    ['of orders whose price no event tells', NO_PRICE_KNOWN],
  ];
  return [
    ...section('Events', kinds),
    ...section('Events not sent', unsent),
    ...section('Answers', answers),
    ...section('What came of them', outcomes),
  ];
}

const METHODS = { PLACE: 'POST', AMEND: 'PATCH', CANCEL: 'DELETE' } as const;

function ordersSection({ plan, results, finalOrders }: Replay): string[] {
  const placed = results.filter(({ step }) => step.action.kind === 'PLACE');
  const entries = tally(placed, ({ step: { action } }) =>
    action.kind === 'PLACE' ? `${action.priceCents === null ? 'MARKET' : 'LIMIT'} ${ENTRIES[action.entry]}` : null,
  );
  const statuses = tally([...finalOrders.values()], ({ status, cancelReason, rejectReason }) =>
    [status, cancelReason ?? rejectReason].filter(Boolean).join(' '),
  );
  const traded = [...plan.orders.values()].filter(({ recordedQuantity }) => recordedQuantity > 0);
  const filledAs = (isSame: boolean) => (order: (typeof traded)[number]) =>
    (finalOrders.get(order.orderNumber)?.filledQuantity === order.recordedQuantity) === isSame;
  return [
    ...section('Orders by how they entered', entries),
    ...section('Orders by final status', statuses),
    ...section('Orders by filled quantity', [
      ['as recorded', [...plan.orders.values()].filter(filledAs(true)).length],
      ['other than recorded', [...plan.orders.values()].filter(filledAs(false)).length],
      ['recorded with a fill', traded.length],
      ['of these as recorded', traded.filter(filledAs(true)).length],
    ]),
  ];
}

const ENTRIES = {
  NEW: 'by its New',
  FIRST_UPDATE: 'by its first Update (no New)',
  OPENING_BOOK: 'in the opening book (no New)',
  AT_CLOSING_CALL: 'by the second of two News',
} as const;

function tradesSection({ plan, finalOrders }: Replay): string[] {
  const replayed = replayedTrades(finalOrders);
  const classes = compareTrades(plan, replayed, finalOrders);
  const lone = loneExecutions([...finalOrders.values()]).size;
  return [
    ...section('Trades', [totalsRow('recorded', plan.trades), totalsRow('replayed', replayed)]),
    ...section(
      'Trades compared',
      (Object.keys(TRADE_CLASSES) as TradeClass[]).map((name) => [TRADE_CLASSES[name], classes.get(name) ?? 0]),
    ),
    ...(lone > 0 ? [`${lone} executions reached one of their two orders only`] : []),
  ];
}

function totalsRow(name: string, trades: readonly { readonly quantity: number; readonly priceCents: number }[]): Row {
  const shares = trades.reduce((sum, { quantity }) => sum + quantity, 0);
  const value = trades.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0);
  return [`${name}: ${shares} shares, R$ ${formatCents(cents(value))}`, trades.length];
}
