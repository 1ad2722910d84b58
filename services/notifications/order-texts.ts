import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import type { FillView, OrderSummary } from '@brokerage/contracts/rest/orders';

/** What a client reads of an event, in Portuguese. */
export interface NotificationText {
  readonly subject: string;
  readonly body: string;
  readonly sms: string;
}

const SIDES = { BUY: 'compra', SELL: 'venda' } as const;

const REJECT_REASONS: Readonly<Record<string, string>> = {
  INSUFFICIENT_FUNDS: 'saldo insuficiente',
  INSUFFICIENT_POSITION: 'quantidade de ações insuficiente',
  PRICE_OUT_OF_BAND: 'preço fora do túnel de negociação',
  MARKET_CLOSED: 'mercado fechado',
  LIMIT_EXCEEDED: 'limite operacional excedido',
  INVALID_STOP_PRICE: 'preço de disparo inválido',
  NO_REFERENCE_PRICE: 'sem preço de referência no momento',
  ORDER_STALE: 'a ordem esperou tempo demais para ser enviada',
  ACCOUNT_RESTRICTED: 'conta com restrição',
  SUITABILITY: 'produto fora do seu perfil de investidor',
  EXCHANGE_REJECTED: 'recusada pela bolsa',
  PROCESSING_FAILED: 'não foi possível processá-la',
};

/** The text of an event; null for one that a client need not hear of. */
export function orderText(event: OrderEventMessage): NotificationText | null {
  const { order, fills, previousStatus } = event;
  if (fills.length > 0) return fillText(order, fills);
  if (event.type === 'ORDER_ACCEPTED') return text(order, 'recebida', `Recebemos sua ordem de ${described(order)}.`);
  if (order.status === previousStatus) return null;
  switch (order.status) {
    case 'REJECTED': {
      const reason = REJECT_REASONS[order.rejectReason ?? ''] ?? 'não atende às regras';
      return text(order, 'rejeitada', `Sua ordem de ${described(order)} foi rejeitada: ${reason}. Nada foi debitado.`);
    }
    case 'CANCELED':
      return text(order, 'cancelada', `Sua ordem de ${described(order)} foi cancelada. ${executed(order)}`);
    case 'EXPIRED':
      return text(order, 'expirada', `Sua ordem de ${described(order)} expirou. ${executed(order)}`);
    default:
      return null;
  }
}

function fillText(order: OrderSummary, fills: readonly FillView[]): NotificationText {
  const lines = fills.map(({ quantity, price }) => `${quantity} a ${reais(price)}`).join('; ');
  const isWhole = order.status === 'FILLED';
  const done = isWhole ? 'foi executada' : 'foi executada em parte';
  const costs = order.fees ? ` Custos até aqui: ${reais(order.fees.total)}.` : '';
  const body = `Sua ordem de ${described(order)} ${done}: ${lines}. ${executed(order)}${costs}`;
  return text(order, isWhole ? 'executada' : 'executada em parte', body);
}

function text(order: OrderSummary, outcome: string, body: string): NotificationText {
  const { side, quantity, symbol } = order;
  return {
    subject: `Ordem ${outcome}: ${SIDES[side]} de ${quantity} ${symbol}`,
    body: `${body}\n\nOrdem ${order.orderId}`,
    sms: `Corretora: ${SIDES[side]} ${quantity} ${symbol} ${outcome}. ${order.filledQuantity}/${quantity} executadas.`,
  };
}

function described({ side, quantity, symbol, limitPrice }: OrderSummary): string {
  const price = limitPrice === null ? 'a mercado' : `a ${reais(limitPrice)}`;
  return `${SIDES[side]} de ${quantity} ${symbol} ${price}`;
}

function executed({ filledQuantity, quantity, averagePrice }: OrderSummary): string {
  if (filledQuantity === 0) return 'Nenhuma ação foi negociada.';
  const average = averagePrice === null ? '' : `, preço médio ${reais(averagePrice)}`;
  return `Executadas ${filledQuantity} de ${quantity}${average}.`;
}

/** `"1234.50"` as Brazilians write it: `R$ 1.234,50`. */
function reais(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  return `R$ ${whole.replace(/\B(?=(\d{3})+$)/g, '.')},${fraction}`;
}
