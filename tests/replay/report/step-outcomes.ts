import type { OrderView } from '@brokerage/contracts/rest/orders';
import type { StepResult } from '../run/order-driver.ts';

/** What came of a request, in words of the report. */
export const STEP_OUTCOMES = {
  DONE: 'done as on the day',
  REJECTED: 'order accepted, then rejected',
  ALREADY_FILLED: 'refused: the order is filled already',
  ENDED: 'refused: the order has ended, not filled',
  TOO_LATE: 'too late: the order was filled or ended before the exchange got it',
  REFUSED_AT_EXCHANGE: 'refused by the exchange for another reason',
  NOTHING_TO_CHANGE: 'refused: the order already is as asked',
  NOT_ABOVE_FILLED: 'refused: the total is not above what is filled',
  NO_ORDER: 'not sent: its order was not accepted',
  REFUSED: 'refused by the API for another reason',
  NOT_ACKNOWLEDGED: 'not acknowledged in time',
} as const;
export type StepOutcome = keyof typeof STEP_OUTCOMES;

const BY_CODE: Readonly<Record<string, StepOutcome>> = {
  NOTHING_TO_CHANGE: 'NOTHING_TO_CHANGE',
  QUANTITY_NOT_ABOVE_FILLED: 'NOT_ABOVE_FILLED',
};

/** `finalOrder` tells how an order ended that had ended before the request. */
export function outcomeOf(result: StepResult, finalOrder: OrderView | undefined): StepOutcome {
  const { answer, isAcknowledged } = result;
  if (answer === null) return 'NO_ORDER';
  if (answer.code === 'ORDER_NOT_OPEN') return finalOrder?.status === 'FILLED' ? 'ALREADY_FILLED' : 'ENDED';
  if (answer.code !== null) return BY_CODE[answer.code] ?? 'REFUSED';
  if (!isAcknowledged) return 'NOT_ACKNOWLEDGED';
  return acceptedOutcome(result);
}

function acceptedOutcome({ step, amendment, status }: StepResult): StepOutcome {
  switch (step.action.kind) {
    case 'PLACE':
      return status === 'REJECTED' ? 'REJECTED' : 'DONE';
    case 'CANCEL':
      return status === 'CANCELED' ? 'DONE' : 'TOO_LATE';
    case 'AMEND':
      if (amendment?.outcome === 'REPLACED') return 'DONE';
      return amendment?.reason === 'TOO_LATE' || amendment?.outcome === 'PENDING' ? 'TOO_LATE' : 'REFUSED_AT_EXCHANGE';
  }
}
