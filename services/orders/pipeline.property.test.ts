import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectSoundBooks } from './testing/auditor.ts';
import { OrderDesk } from './testing/order-desk.ts';

/** What may happen next, to the order picked by `pick`. */
const step = fc.record({
  what: fc.constantFrom('place', 'run', 'runTwice', 'trade', 'deliver', 'cancel', 'amend', 'resolve', 'sweep', 'mood'),
  pick: fc.nat(20),
  mood: fc.constantFrom('fine', 'away', 'silent', 'deaf'),
  side: fc.constantFrom('BUY', 'SELL'),
  fills: fc.constantFrom<readonly (readonly [number, number])[]>(
    [],
    [],
    [[100, 3001]],
    [
      [100, 3001],
      [100, 3000],
    ],
  ),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
/** A step, and one that comes in the middle of it: before its next transaction, or before the exchange's next answer. */
const scene = fc.record({
  step,
  meanwhile: fc.option(step),
  where: fc.constantFrom<'transact' | 'answer'>('transact', 'answer'),
});
type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never;

class Story {
  readonly desk = new OrderDesk();
  readonly ids: string[] = [];

  async play({ step: main, meanwhile, where }: Scene): Promise<void> {
    const hook = meanwhile && (() => this.take(meanwhile));
    if (where === 'transact') this.desk.tables.beforeTransact = hook;
    else this.desk.exchange.beforeAnswer = hook;
    await this.take(main);
    this.desk.tables.beforeTransact = null;
    this.desk.exchange.beforeAnswer = null;
  }

  async take({ what, pick, mood, side, fills }: Step): Promise<void> {
    const { desk, ids } = this;
    const id = ids[pick % Math.max(1, ids.length)] ?? '';
    const account = id && (await desk.order(id)).accountId;
    desk.advance(5_000);
    desk.exchange.onEntry = fills;
    if (what === 'place') ids.push(await desk.place({ side, quantity: 200 }, side === 'BUY' ? 'ana' : 'bruno'));
    if (what === 'run') await desk.runOrders();
    if (what === 'runTwice') await this.runTwice();
    if (what === 'trade') this.trade(id);
    if (what === 'deliver') await this.deliver(id, pick);
    if (what === 'cancel' && id) await desk.cancel(id, account);
    if (what === 'amend' && id) await desk.amend(id, { quantity: 100 * (1 + (pick % 5)) }, account);
    if (what === 'resolve') await desk.resolve();
    if (what === 'sweep') await desk.sweep();
    if (what === 'mood') desk.exchange.mood = mood;
  }

  /** Two sagas of the same order at once, one of them in the middle of the other. */
  async runTwice(): Promise<void> {
    for (const message of this.desk.orders.takeAll<Parameters<OrderDesk['saga']>[0]>()) {
      this.desk.tables.beforeTransact = async () => {
        await this.desk.saga(message);
      };
      await this.desk.saga(message);
    }
  }

  reports(id: string) {
    return this.desk.exchange.knows(id) ? this.desk.exchange.reportsOf(id) : [];
  }

  trade(id: string): void {
    const last = this.reports(id).at(-1);
    if (last && last.leavesQty >= 100) this.desk.exchange.trade(id, 100, 3000);
  }

  /** Some of the reports, the newest first, and one of them twice. */
  async deliver(id: string, from: number): Promise<void> {
    const some = this.reports(id)
      .slice(from % 3)
      .toReversed();
    if (some.length > 0) await this.desk.deliver(some, some.slice(0, 1));
  }

  /** The exchange is back for good and everything that is due gets done. */
  async settle(): Promise<void> {
    const { desk } = this;
    desk.exchange.mood = 'fine';
    desk.exchange.onEntry = [];
    for (let round = 0; round < 6; round += 1) {
      for (const id of this.ids) if (this.reports(id).length > 0) await desk.deliver(this.reports(id));
      await desk.runOrders();
      await desk.resolve();
      desk.advance(600_000);
      await desk.sweep();
    }
  }
}

it('whatever happens in whatever order, every order ends or rests, the fills are those of the exchange, and the books are sound', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(scene, { minLength: 5, maxLength: 40 }), async (scenes) => {
      const story = new Story();
      const seeded = new Map(['ana', 'bruno'].map((account) => [account, story.desk.holdings(account)]));
      for (const each of scenes) await story.play(each);
      await story.settle();
      expect(story.desk.uncovered).toEqual([]);
      for (const id of story.ids) {
        const order = await story.desk.order(id);
        expect(order.pendingRequest).toBeNull();
        expect(['NEW', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'REJECTED']).toContain(order.status);
        const traded = story.reports(id).reduce((sum, report) => sum + (report.lastQty ?? 0), 0);
        expect(order.filledQuantity).toBe(traded);
      }
      expectSoundBooks(story.desk, seeded);
    }),
    { numRuns: 150 },
  );
}, 60_000);
