import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../kernel/store.ts';

export interface ScheduleRow {
  readonly groupName: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly createdAtMs: number;
}

/** Groups and schedules as they are kept: schedules as their template's properties. */
export class ScheduleStore {
  readonly #putGroup: Writer;
  readonly #putSchedule: Writer;
  readonly #groups: StatementSync;
  readonly #schedules: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS scheduler_groups (name TEXT PRIMARY KEY);
      CREATE TABLE IF NOT EXISTS scheduler_schedules (group_name TEXT NOT NULL, name TEXT NOT NULL,
        properties TEXT NOT NULL, created_at_ms INTEGER NOT NULL, PRIMARY KEY (group_name, name))`);
    this.#putGroup = store.writer('INSERT OR IGNORE INTO scheduler_groups VALUES (?)');
    this.#putSchedule = store.writer(`INSERT INTO scheduler_schedules VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (group_name, name) DO UPDATE SET properties = ?3, created_at_ms = ?4`);
    this.#groups = store.reader('SELECT name FROM scheduler_groups');
    this.#schedules = store.reader('SELECT * FROM scheduler_schedules ORDER BY rowid');
  }

  putGroup(name: string): void {
    this.#putGroup.run(name);
  }

  putSchedule({ groupName, name, properties, createdAtMs }: ScheduleRow): void {
    this.#putSchedule.run(groupName, name, JSON.stringify(properties), createdAtMs);
  }

  groups(): string[] {
    return this.#groups.all().map(({ name }) => name as string);
  }

  schedules(): ScheduleRow[] {
    return this.#schedules.all().map((row) => ({
      groupName: row.group_name as string,
      name: row.name as string,
      properties: JSON.parse(row.properties as string),
      createdAtMs: row.created_at_ms as number,
    }));
  }
}
