import {
  type CancelRequest,
  type ExecutionsPage,
  ExecutionsPage as ExecutionsPageSchema,
  type NewOrder,
  type OrderState,
  OrderState as OrderStateSchema,
  type ReplaceRequest,
  type RequestAnswer,
  RequestAnswer as RequestAnswerSchema,
} from '@brokerage/contracts/exchange';
import type { ClOrdId } from '@brokerage/domain/identifiers';
import type * as z from 'zod';
import type { ExchangeCall, ExchangeResult, HttpAnswer } from './exchange-call.ts';

/** The exchange as the order pipeline sees it. Each call ends in one of three ways: see {@link ExchangeResult}. */
export interface ExchangeGateway {
  sendOrder(order: NewOrder): Promise<ExchangeResult<RequestAnswer>>;
  cancel(request: CancelRequest): Promise<ExchangeResult<RequestAnswer>>;
  replace(request: ReplaceRequest): Promise<ExchangeResult<RequestAnswer>>;
  /** What the exchange knows now of a ClOrdID; null: it has never heard of it. */
  orderState(clOrdId: ClOrdId): Promise<ExchangeResult<OrderState | null>>;
  /** Its reports with seq > since, oldest first. */
  executionsSince(sinceSeq: number, limit: number): Promise<ExchangeResult<ExecutionsPage>>;
  /** Whether it takes calls now. */
  isReachable(): Promise<boolean>;
}

export function createExchangeGateway(call: ExchangeCall): ExchangeGateway {
  return {
    sendOrder: async (order) => parsed(await call('POST', '/orders', order), RequestAnswerSchema),
    cancel: async (request) => parsed(await call('POST', '/cancels', request), RequestAnswerSchema),
    replace: async (request) => parsed(await call('POST', '/replacements', request), RequestAnswerSchema),
    orderState: async (clOrdId) => {
      const result = await call('GET', `/orders/${encodeURIComponent(clOrdId)}`);
      if (result.kind === 'answered' && result.answer.status === 404) return { kind: 'answered', answer: null };
      return parsed(result, OrderStateSchema);
    },
    executionsSince: async (sinceSeq, limit) =>
      parsed(await call('GET', `/executions?since=${sinceSeq}&limit=${limit}`), ExecutionsPageSchema),
    isReachable: async () => {
      const result = await call('GET', '/ping');
      return result.kind === 'answered' && result.answer.status === 200;
    },
  };
}

/** An answer that breaks the protocol tells nothing: unknown. */
function parsed<Answer>(result: ExchangeResult<HttpAnswer>, schema: z.ZodType<Answer>): ExchangeResult<Answer> {
  if (result.kind !== 'answered') return result;
  if (result.answer.status !== 200) return { kind: 'unknown', reason: `the exchange answered ${result.answer.status}` };
  const answer = schema.safeParse(result.answer.body);
  if (answer.success) return { kind: 'answered', answer: answer.data };
  return { kind: 'unknown', reason: `the answer breaks the protocol: ${answer.error.message.slice(0, 300)}` };
}
