import type { Expression, Key } from '../../platform/table-expression.ts';
import type { Query, Tables } from '../../platform/tables.ts';
import type { TransactAction } from '../../platform/transaction.ts';

type Row = Record<string, unknown>;

/** Keys of each table and index: partition, then sort. Rows without an index's keys are not in it. */
const KEYS: Readonly<Record<string, readonly [string, string?]>> = {
  Orders: ['orderId', 'item'],
  Accounts: ['accountId', 'item'],
  Ledger: ['accountId', 'entryKey'],
  Audit: ['orderId', 'seq'],
  byAccount: ['accountId', 'placedKey'],
  bySweep: ['sweepShard', 'sweepAfterMs'],
};

/** DynamoDB in memory, with the expressions that the order stores use: all or nothing, refusals by index. */
export class MemoryTables implements Tables {
  readonly #rows = new Map<string, Row>();
  readonly #tokens = new Map<string, string>();
  /** Calls by kind, as the budget counts them. */
  readonly calls: string[] = [];
  /** Runs before the next transaction: what others do meanwhile. */
  beforeTransact: (() => Promise<void>) | null = null;

  rows(table: string): readonly Row[] {
    return [...this.#rows].filter(([id]) => id.startsWith(`${table}|`)).map(([, row]) => row);
  }

  seed(table: string, row: Row): void {
    this.#rows.set(idOf(table, row), structuredClone(row));
  }

  async get<Shape>(table: string, key: Key): Promise<Shape | null> {
    this.calls.push('get');
    return this.#read(table, key) as Shape | null;
  }

  async batchGet<Shape>(keys: readonly { readonly table: string; readonly key: Key }[]): Promise<readonly Shape[]> {
    this.calls.push('batchGet');
    return keys.flatMap(({ table, key }) => this.#read(table, key) ?? []) as Shape[];
  }

  async query<Shape>({ table, index, key, filter, limit = Number.POSITIVE_INFINITY, newestFirst, after }: Query) {
    this.calls.push('query');
    const [partition = '', sort = ''] = KEYS[index ?? table] ?? [];
    const found = this.rows(table)
      .filter((row) => row[partition] !== undefined && (!sort || row[sort] !== undefined) && holds(key, row))
      .sort((a, b) => compare(a[sort], b[sort]) * (newestFirst ? -1 : 1));
    const start = after ? found.findIndex((row) => row[sort] === after[sort]) + 1 : 0;
    const page = found.slice(start, start + limit);
    const last = start + limit < found.length ? page.at(-1) : undefined;
    const items = page.filter((row) => filter === undefined || holds(filter, row));
    return { items: structuredClone(items) as Shape[], lastKey: last ? ({ ...last } as Key) : null };
  }

  async scan(): Promise<never> {
    throw new Error('the order stores never scan');
  }

  async delete(): Promise<never> {
    throw new Error('the order stores never delete');
  }

  async put(table: string, item: object, condition?: Expression): Promise<boolean> {
    return this.#write({ kind: 'PUT', table, item, condition });
  }

  async batchPut(table: string, items: readonly object[]): Promise<void> {
    for (const item of items) this.seed(table, item as Row);
  }

  async update(table: string, key: Key, update: Expression, condition?: Expression): Promise<boolean> {
    return this.#write({ kind: 'UPDATE', table, key, update, condition });
  }

  async transact(actions: readonly TransactAction[], token = '') {
    const meanwhile = this.beforeTransact;
    this.beforeTransact = null;
    await meanwhile?.();
    this.calls.push('transact');
    const content = JSON.stringify(actions);
    const former = this.#tokens.get(token);
    if (token && former !== undefined) return { kind: former === content ? 'WRITTEN' : 'REPEATED' } as const;
    const failedActions = actions.flatMap((action, index) => (this.#isAllowed(action) ? [] : [index]));
    if (failedActions.length > 0) return { kind: 'REFUSED', failedActions } as const;
    const touched = actions.map((action) =>
      idOf(action.table, action.kind === 'PUT' ? (action.item as Row) : action.key),
    );
    if (new Set(touched).size < touched.length) throw new Error('a transaction touches an item twice');
    for (const action of actions) this.#apply(action);
    this.#tokens.set(token, content);
    return { kind: 'WRITTEN' } as const;
  }

  #write(action: TransactAction): boolean {
    this.calls.push(action.kind.toLowerCase());
    const isAllowed = this.#isAllowed(action);
    if (isAllowed) this.#apply(action);
    return isAllowed;
  }

  #read(table: string, key: Row): Row | null {
    const row = this.#rows.get(idOf(table, key));
    return row ? structuredClone(row) : null;
  }

  #isAllowed(action: TransactAction): boolean {
    const row = this.#rows.get(idOf(action.table, action.kind === 'PUT' ? (action.item as Row) : action.key)) ?? {};
    return action.condition === undefined || holds(action.condition, row);
  }

  #apply(action: TransactAction): void {
    if (action.kind === 'PUT') this.seed(action.table, action.item as Row);
    if (action.kind !== 'UPDATE') return;
    const id = idOf(action.table, action.key);
    this.#rows.set(id, updated({ ...action.key, ...this.#rows.get(id) }, action.update));
  }
}

function idOf(table: string, row: Row): string {
  const [partition = '', sort = ''] = KEYS[table] ?? [];
  return `${table}|${row[partition]}|${row[sort]}`;
}

function compare(a: unknown, b: unknown): number {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a) < String(b)
      ? -1
      : String(a) > String(b)
        ? 1
        : 0;
}

/** Terms joined by AND: `attribute_not_exists(x)`, `x = :v`, `x >= :v`, `x <= :v`. */
function holds({ expression, names = {}, values = {} }: Expression, row: Row): boolean {
  return expression.split(' AND ').every((term) => {
    const absent = /^attribute_not_exists\((\w+)\)$/.exec(term);
    if (absent) return row[absent[1] ?? ''] === undefined;
    const [, name = '', operator = '', value = ''] = /^(#?\w+) (=|>=|<=) (:\w+)$/.exec(term) ?? [];
    if (!operator || !(value in values)) throw new Error(`memory tables cannot read "${term}"`);
    const stored = row[names[name] ?? name];
    if (stored === undefined || stored === null) return false;
    const order = compare(stored, values[value]);
    return operator === '=' ? order === 0 : operator === '>=' ? order >= 0 : order <= 0;
  });
}

/** `SET a = :v, b = if_not_exists(b, :w) ADD c :x, d :y`, either part alone too. */
function updated(row: Row, { expression, values = {} }: Expression): Row {
  const next = { ...row };
  const [, sets = '', adds = ''] = /^(?:SET (.*?))?(?: ?ADD (.*))?$/.exec(expression) ?? [];
  for (const [, name = '', onlyIfAbsent, value = ''] of sets.matchAll(/(\w+) = (if_not_exists\(\w+, )?(:\w+)/g)) {
    if (!onlyIfAbsent || next[name] === undefined) next[name] = values[value];
  }
  for (const [, name = '', value = ''] of adds.matchAll(/(\w+) (:\w+)/g)) {
    next[name] = Number(next[name] ?? 0) + Number(values[value]);
  }
  return next;
}
