import type { OrderEventMessage } from '@brokerage/contracts/order-event';
import { describe, expect, it } from 'vitest';
import { orderEventMessage } from '../operations/order-event-message.ts';
import { eventsOfFilledOrder } from '../operations/testing/order-events.ts';
import { notify, type OutboxItem, outboxItems } from './notify.ts';
import { orderText } from './order-texts.ts';

const [accepted, reserved, partly, filled] = eventsOfFilledOrder([60, 40]).map(orderEventMessage) as [
  OrderEventMessage,
  OrderEventMessage,
  OrderEventMessage,
  OrderEventMessage,
];

function ended(status: 'REJECTED' | 'CANCELED' | 'EXPIRED', fields: Partial<OrderEventMessage['order']> = {}) {
  return { ...reserved, order: { ...reserved.order, status, ...fields } };
}

describe('orderText', () => {
  it('speaks of the fill, its price and its costs', () => {
    expect(orderText(filled)).toEqual({
      subject: 'Ordem executada: compra de 100 PETR4',
      body:
        'Sua ordem de compra de 100 PETR4 a R$ 30,25 foi executada: 40 a R$ 30,01. ' +
        'Executadas 100 de 100, preço médio R$ 30,0100. Custos até aqui: R$ 0,89.\n\nOrdem ORD-1',
      sms: 'Corretora: compra 100 PETR4 executada. 100/100 executadas.',
    });
    expect(orderText(partly)?.subject).toBe('Ordem executada em parte: compra de 100 PETR4');
  });

  it('says why an order was rejected', () => {
    expect(orderText(ended('REJECTED', { rejectReason: 'INSUFFICIENT_FUNDS' }))?.body).toContain('saldo insuficiente');
  });

  it('tells of the end without fills', () => {
    expect(orderText(ended('CANCELED'))?.body).toContain('Nenhuma ação foi negociada');
    expect(orderText(ended('EXPIRED'))?.subject).toContain('expirada');
  });

  it('is silent on what a client need not hear of', () => {
    expect(orderText(reserved)).toBeNull();
  });

  it('writes thousands as Brazilians do', () => {
    const dear = { ...accepted, order: { ...accepted.order, limitPrice: '1234567.80' } };
    expect(orderText(dear)?.body).toContain('R$ 1.234.567,80');
  });
});

describe('notify', () => {
  it('writes an e-mail and an SMS for each event, and a repeated event once, the same', async () => {
    const saved: OutboxItem[] = [];
    const save = async (items: readonly OutboxItem[]) => void saved.push(...items);
    await notify([accepted, filled, accepted, reserved], save);
    expect(saved.map((item) => item.notificationId)).toEqual([
      'ORD-1#1#EMAIL',
      'ORD-1#1#SMS',
      'ORD-1#4#EMAIL',
      'ORD-1#4#SMS',
    ]);
    expect(outboxItems(accepted)).toEqual(saved.slice(0, 2));
  });

  it('writes nothing when there is nothing to tell', async () => {
    await notify([reserved], async () => {
      throw new Error('not to be called');
    });
  });
});
