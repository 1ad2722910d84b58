import { sha256Hex } from '../platform/identity.ts';
import type { Tables } from '../platform/tables.ts';

/** Item of the table StreamTickets. A ticket itself is nowhere but with its client. */
interface StreamTicketItem {
  readonly ticketHash: string;
  readonly accountId: string;
  readonly expiresAtMs: number;
  /** Seconds, for DynamoDB's time to live: it removes items late, so that nobody goes by it. */
  readonly expiresAt: number;
}

export interface StreamTicketsStore {
  save(ticket: string, accountId: string, expiresAtMs: number): Promise<void>;
  /** The account of a ticket that is valid and was never used; it is used now. Null for any other. */
  consume(ticket: string, nowMs: number): Promise<string | null>;
}

export function createStreamTicketsStore(tables: Tables, table: string): StreamTicketsStore {
  return {
    async save(ticket, accountId, expiresAtMs) {
      const expiresAt = Math.ceil(expiresAtMs / 1000);
      const item: StreamTicketItem = { ticketHash: sha256Hex(ticket), accountId, expiresAtMs, expiresAt };
      await tables.put(table, item);
    },
    async consume(ticket, nowMs) {
      const key = { ticketHash: sha256Hex(ticket) };
      const item = await tables.get<StreamTicketItem>(table, key);
      if (!item) return null;
      // Of several that come at once, one deletes it.
      const isFirst = await tables.delete(table, key, {
        expression: 'attribute_exists(ticketHash) AND expiresAtMs > :now',
        values: { ':now': nowMs },
      });
      return isFirst ? item.accountId : null;
    },
  };
}
