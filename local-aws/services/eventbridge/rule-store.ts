import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../kernel/store.ts';

export interface RuleRow {
  readonly busName: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly anchorMs: number;
}

/** Buses and rules as they are kept: rules as their template's properties. */
export class RuleStore {
  readonly #putBus: Writer;
  readonly #putRule: Writer;
  readonly #buses: StatementSync;
  readonly #rules: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS events_buses (name TEXT PRIMARY KEY);
      CREATE TABLE IF NOT EXISTS events_rules (bus_name TEXT NOT NULL, name TEXT NOT NULL, properties TEXT NOT NULL,
        anchor_ms INTEGER NOT NULL, PRIMARY KEY (bus_name, name))`);
    this.#putBus = store.writer('INSERT OR IGNORE INTO events_buses VALUES (?)');
    this.#putRule = store.writer(`INSERT INTO events_rules VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (bus_name, name) DO UPDATE SET properties = ?3, anchor_ms = ?4`);
    this.#buses = store.reader('SELECT name FROM events_buses');
    this.#rules = store.reader('SELECT * FROM events_rules ORDER BY rowid');
  }

  putBus(name: string): void {
    this.#putBus.run(name);
  }

  putRule({ busName, name, properties, anchorMs }: RuleRow): void {
    this.#putRule.run(busName, name, JSON.stringify(properties), anchorMs);
  }

  buses(): string[] {
    return this.#buses.all().map(({ name }) => name as string);
  }

  rules(): RuleRow[] {
    return this.#rules.all().map((row) => ({
      busName: row.bus_name as string,
      name: row.name as string,
      properties: JSON.parse(row.properties as string),
      anchorMs: row.anchor_ms as number,
    }));
  }
}
