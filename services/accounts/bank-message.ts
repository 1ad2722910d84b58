import { type BankDelivery, BankEvent } from '@brokerage/contracts/bank';
import * as z from 'zod';
import type { CpfIndex } from './personal-data.ts';

const [PixReceived, PayoutEnded] = BankEvent.options;
const IndexedPixReceived = PixReceived.omit({ payerCpf: true }).extend({ payerCpfIndex: z.string().min(1) });

/** A delivery of the bank as it waits in the queue: with the index of the payer's CPF in its place, so that no queue holds one. */
export const BankMessage = z.strictObject({
  events: z.array(z.discriminatedUnion('kind', [IndexedPixReceived, PayoutEnded])).min(1),
});
export type BankMessage = z.infer<typeof BankMessage>;
export type BankMessageEvent = BankMessage['events'][number];

export async function withoutCpfs({ events }: BankDelivery, index: CpfIndex): Promise<BankMessage> {
  const indexed = events.map(async (event): Promise<BankMessageEvent> => {
    if (event.kind !== 'PIX_RECEIVED') return event;
    const { payerCpf, ...rest } = event;
    return { ...rest, payerCpfIndex: await index.of(payerCpf) };
  });
  return { events: await Promise.all(indexed) };
}
