import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../kernel/store.ts';

/** Attributes as the API has them: strings, JSON within strings. */
export type Attributes = Readonly<Record<string, string>>;

export interface SubscriptionRow {
  readonly arn: string;
  readonly topicName: string;
  readonly endpoint: string;
  readonly attributes: Attributes;
}

/** Topics and subscriptions as they are kept; few, and held in memory once read. */
export class SnsStore {
  readonly #putTopic: Writer;
  readonly #putSubscription: Writer;
  readonly #deleteSubscription: Writer;
  readonly #topics: StatementSync;
  readonly #subscriptions: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS sns_topics (name TEXT PRIMARY KEY, attributes TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS sns_subscriptions (
        arn TEXT PRIMARY KEY, topic_name TEXT NOT NULL, endpoint TEXT NOT NULL, attributes TEXT NOT NULL)`);
    const topic = 'INSERT INTO sns_topics VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET attributes = ?2';
    this.#putTopic = store.writer(topic);
    this.#putSubscription = store.writer(`INSERT INTO sns_subscriptions VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (arn) DO UPDATE SET attributes = ?4`);
    this.#deleteSubscription = store.writer('DELETE FROM sns_subscriptions WHERE arn = ?');
    this.#topics = store.reader('SELECT * FROM sns_topics ORDER BY rowid');
    this.#subscriptions = store.reader('SELECT * FROM sns_subscriptions ORDER BY rowid');
  }

  putTopic(name: string, attributes: Attributes): void {
    this.#putTopic.run(name, JSON.stringify(attributes));
  }

  putSubscription({ arn, topicName, endpoint, attributes }: SubscriptionRow): void {
    this.#putSubscription.run(arn, topicName, endpoint, JSON.stringify(attributes));
  }

  deleteSubscription(arn: string): void {
    this.#deleteSubscription.run(arn);
  }

  topics(): { name: string; attributes: Attributes }[] {
    return this.#topics.all().map((row) => ({
      name: row.name as string,
      attributes: JSON.parse(row.attributes as string),
    }));
  }

  /** In order of subscribing. */
  subscriptions(): SubscriptionRow[] {
    return this.#subscriptions.all().map((row) => ({
      arn: row.arn as string,
      topicName: row.topic_name as string,
      endpoint: row.endpoint as string,
      attributes: JSON.parse(row.attributes as string),
    }));
  }
}
