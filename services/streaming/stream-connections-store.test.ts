import { expect, it } from 'vitest';
import type { Tables } from '../platform/tables.ts';
import { newConnection, type StreamConnection } from './stream-connection.ts';
import { createStreamConnectionsStore } from './stream-connections-store.ts';

const CONNECTION = newConnection({ accountId: 'ana', connectionId: 'C1' }, 0);

it.each<
  readonly [what: string, former: StreamConnection['orders'] | null, orders: StreamConnection['orders'], string[]]
>([
  ['is opened', null, 'OFF', ['ana']],
  ['begins to follow orders', 'OFF', 'LIVE', ['#ORDERS_FOLLOWED', 'ana']],
  ['begins with a replay', 'OFF', 'REPLAYING', ['#ORDERS_FOLLOWED', 'ana']],
  ['goes on after a replay', 'REPLAYING', 'LIVE', ['ana']],
  ['follows, and something waits for it', 'LIVE', 'LIVE', ['ana']],
  ['follows no more', 'LIVE', 'OFF', ['ana']],
])(
  'marks the account, before the connection and once, when it begins to follow orders: it %s',
  async (_what, former, orders, written) => {
    const partitions: unknown[] = [];
    const put = async (_table: string, item: object) => {
      partitions.push((item as StreamConnection).accountId);
      return true;
    };
    const store = createStreamConnectionsStore({ put } as unknown as Tables, 'StreamConnections');
    await store.save({ ...CONNECTION, orders }, former && { ...CONNECTION, orders: former });
    expect(partitions).toEqual(written);
  },
);
