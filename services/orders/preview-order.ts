import type { OrderPreview } from '@brokerage/contracts/rest/order-preview';
import type { NewOrderRequest } from '@brokerage/contracts/rest/orders';
import { FEE_COMPONENTS, totalFees } from '@brokerage/domain/fees/fee-amounts';
import { feeRatesOn } from '@brokerage/domain/fees/fee-schedule';
import { feesOn } from '@brokerage/domain/fees/order-fees';
import { type AccountId, orderId } from '@brokerage/domain/identifiers';
import { grossValue } from '@brokerage/domain/instruments/price';
import { formatCents } from '@brokerage/domain/money/decimal';
import { formatRate } from '@brokerage/domain/money/rate';
import { acceptOrder } from '@brokerage/domain/orders/accept-order';
import type { Order } from '@brokerage/domain/orders/order';
import { type Reservation, validateForExecution } from '@brokerage/domain/orders/validate-for-execution';
import { type ApiAnswer, answer, problem } from '../platform/api-answer.ts';
import { contextOf } from './decide.ts';
import { executionFacts } from './execution-facts.ts';
import { toOrderRequest } from './submit-order.ts';
import type { ValidationTools } from './validate-balance.ts';

/** What the order would cost and hold if it were sent now, or why it would be refused. Nothing is written. */
export async function previewOrder(
  tools: ValidationTools,
  accountId: AccountId,
  request: NewOrderRequest,
  correlationId: string,
): Promise<ApiAnswer<OrderPreview>> {
  const instrument = await tools.findInstrument(request.symbol);
  const account = await tools.facts.readAccount(accountId, instrument?.isin ?? '');
  const origin = {
    orderId: orderId('ORD-PREVIEW'),
    accountId,
    clientOrderId: '',
    feeBand: account.client?.feeBand ?? 'UP_TO_3M',
  } as const;
  const context = contextOf(tools, 'CLIENT', correlationId);
  const decision = acceptOrder(toOrderRequest(request), origin, instrument, context);
  if (!decision.ok) return problem(decision.refusal.code, { facts: decision.refusal.facts });
  const { order } = decision.change;
  const verdict = validateForExecution(order, await executionFacts(tools, order, account));
  if (!verdict.ok) return answer({ refusals: [verdict.refusal], estimate: null });
  return answer({ refusals: [], estimate: estimateOf(order, verdict.reservation) });
}

/** At the worst price the order may be filled at: what it really costs is this or less. */
function estimateOf(order: Order, { reservePriceCents, hold, orderValueCents }: Reservation): OrderPreview['estimate'] {
  const gross = grossValue(order.quantity, reservePriceCents);
  const rates = feeRatesOn(order.tradeDate, order.feeBand);
  const fees = feesOn(gross, rates);
  return {
    price: formatCents(reservePriceCents),
    orderValue: formatCents(orderValueCents),
    grossAmount: formatCents(gross),
    fees: {
      total: formatCents(totalFees(fees)),
      items: FEE_COMPONENTS.filter((name) => fees[name] !== 0).map((name) => ({
        name,
        rate: formatRate(rates[name]),
        base: formatCents(name === 'ISS' ? fees.BROKERAGE : gross),
        amount: formatCents(fees[name]),
      })),
    },
    blockedAmount: formatCents(hold.moneyCents),
    blockedQuantity: hold.quantity,
  };
}
