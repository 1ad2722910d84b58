import type { ExecutionReport as WireReport } from '@brokerage/contracts/exchange';
import { assert, unreachable } from '@brokerage/domain/assert';
import { epochMs } from '@brokerage/domain/calendar/instant';
import { clOrdId, executionId, type OrderId, orderIdOf } from '@brokerage/domain/identifiers';
import { shares } from '@brokerage/domain/instruments/shares';
import { cents } from '@brokerage/domain/money/cents';
import type { ExecutionReport } from '@brokerage/domain/orders/execution-report';

/** The exchange's report in the domain's words: the only place where one becomes the other. */
export function fromWire(report: WireReport): ExecutionReport {
  const header = {
    clOrdId: clOrdId(report.clOrdId),
    execId: executionId(report.execId),
    cumQty: shares(report.cumQty),
    leavesQty: shares(report.leavesQty),
    transactTimeMs: epochMs(report.transactTimeMs),
  };
  switch (report.execType) {
    case 'NEW':
      return { ...header, execType: 'NEW', priceCents: null };
    case 'RESTATED':
      // B3's market-to-limit: the remainder rests at this price from now on.
      return { ...header, execType: 'NEW', priceCents: restingPrice(report) };
    case 'TRADE':
      return { ...header, execType: 'TRADE', ...tradeOf(report), priceCents: null };
    case 'CANCELED':
      // REQUESTED is no reason: whose request it was, the order itself knows.
      return {
        ...header,
        execType: 'CANCELED',
        reason: report.cancelReason === 'REQUESTED' ? null : report.cancelReason,
      };
    case 'EXPIRED':
      return { ...header, execType: 'EXPIRED', reason: null };
    case 'REJECTED':
      return { ...header, execType: 'REJECTED', reason: report.rejectReason };
    case 'REPLACED':
      assert(report.origClOrdId !== null, `REPLACED report ${report.seq} names no former ClOrdID`);
      return { ...header, execType: 'REPLACED', origClOrdId: clOrdId(report.origClOrdId) };
    case 'TRIGGERED':
      return { ...header, execType: 'TRIGGERED' };
    case 'CANCEL_REJECTED':
    case 'REPLACE_REJECTED':
      return { ...header, execType: 'CANCEL_REJECT', reason: report.rejectReason };
    default:
      return unreachable(report.execType);
  }
}

/** The order of ours that a report speaks of, whether we know it or not. */
export function orderOf(report: WireReport): OrderId {
  return orderIdOf(clOrdId(report.firstClOrdId));
}

function restingPrice(report: WireReport) {
  assert(report.priceCents !== null, `RESTATED report ${report.seq} has no price`);
  return cents(report.priceCents);
}

function tradeOf(report: WireReport) {
  assert(report.lastQty !== null && report.lastPxCents !== null, `TRADE report ${report.seq} has no quantity or price`);
  return { lastQty: shares(report.lastQty), lastPxCents: cents(report.lastPxCents) };
}
