import type { PositionView } from '@brokerage/contracts/rest/accounts';
import type { AccountId } from '@brokerage/domain/identifiers';
import type { MarketDataGateway } from '../market-data/market-data-gateway.ts';
import type { AccountsStore } from './accounts-store.ts';
import { isShown, positionView } from './position-view.ts';

/** All positions by symbol. An account holds tens of them, so the list has one page. */
export async function listPositions(
  accountId: AccountId,
  accounts: AccountsStore,
  marketData: MarketDataGateway,
): Promise<{ readonly items: PositionView[]; readonly nextCursor: null }> {
  const held = (await accounts.positions(accountId)).filter(isShown);
  const snapshots = await Promise.all(held.map(({ symbol }) => marketData.snapshot(symbol)));
  const items = held.map((position, index) => positionView(position, snapshots[index]?.lastCents ?? null));
  return { items: items.sort((a, b) => (a.symbol < b.symbol ? -1 : 1)), nextCursor: null };
}
