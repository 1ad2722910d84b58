import type { StatementSync } from 'node:sqlite';
import type { Store, Writer } from '../../kernel/store.ts';

export interface RotationRules {
  readonly AutomaticallyAfterDays?: number;
  readonly ScheduleExpression?: string;
  readonly Duration?: string;
}

/** How a secret is rotated. */
export interface Rotation {
  readonly arn: string;
  readonly lambdaArn: string;
  readonly rules: RotationRules;
  /** Epoch ms. */
  readonly dueAtMs: number;
  readonly lastRotatedAtMs: number | null;
}

export class RotationStore {
  readonly #put: Writer;
  readonly #byArn: StatementSync;
  readonly #all: StatementSync;

  constructor(store: Store) {
    store.define(`CREATE TABLE IF NOT EXISTS secret_rotations (arn TEXT PRIMARY KEY, lambda_arn TEXT NOT NULL,
      rules TEXT NOT NULL, due_at_ms INTEGER NOT NULL, last_rotated_at_ms INTEGER) WITHOUT ROWID`);
    const columns = `arn, lambda_arn AS lambdaArn, rules, due_at_ms AS dueAtMs, last_rotated_at_ms AS lastRotatedAtMs`;
    this.#put = store.writer('INSERT OR REPLACE INTO secret_rotations VALUES (?, ?, ?, ?, ?)');
    this.#byArn = store.reader(`SELECT ${columns} FROM secret_rotations WHERE arn = ?`);
    this.#all = store.reader(`SELECT ${columns} FROM secret_rotations ORDER BY arn`);
  }

  put({ arn, lambdaArn, rules, dueAtMs, lastRotatedAtMs }: Rotation): void {
    this.#put.run(arn, lambdaArn, JSON.stringify(rules), dueAtMs, lastRotatedAtMs);
  }

  get(arn: string): Rotation | undefined {
    const row = this.#byArn.get(arn);
    return row && rotationOf(row);
  }

  all(): Rotation[] {
    return this.#all.all().map(rotationOf);
  }
}

function rotationOf(row: Record<string, unknown>): Rotation {
  return { ...(row as unknown as Rotation), rules: JSON.parse(row.rules as string) as RotationRules };
}
