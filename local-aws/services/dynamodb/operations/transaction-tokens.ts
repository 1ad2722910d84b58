import { hash } from 'node:crypto';
import type { StatementSync } from 'node:sqlite';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { Writer } from '../../../kernel/store.ts';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html (ClientRequestToken). */
const TOKEN_LIFETIME_MS = 10 * 60 * 1000;

/** Tokens of the transactions that were carried out. */
export class TransactionTokens {
  readonly #kernel: Kernel;
  readonly #find: StatementSync;
  readonly #remember: Writer;
  readonly #forget: Writer;
  #forgetting = false;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    kernel.store.define(`
      CREATE TABLE IF NOT EXISTS dynamodb_transaction_tokens (
        token TEXT PRIMARY KEY, digest TEXT NOT NULL, expires_ms INTEGER NOT NULL
      ) WITHOUT ROWID;
    `);
    this.#find = kernel.store.reader(
      'SELECT digest FROM dynamodb_transaction_tokens WHERE token = ? AND expires_ms > ?',
    );
    this.#remember = kernel.store.writer('INSERT OR REPLACE INTO dynamodb_transaction_tokens VALUES (?, ?, ?)');
    this.#forget = kernel.store.writer('DELETE FROM dynamodb_transaction_tokens WHERE expires_ms <= ?');
  }

  /** Whether the token's transaction was carried out. Refuses a token that was used for another transaction. */
  wasCarriedOut(token: string, digest: string): boolean {
    const known = this.#find.get(token, this.#kernel.clock.nowMs())?.digest;
    if (known === undefined || known === digest) return known === digest;
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'The provided client token does not match the original request parameters',
    );
  }

  remember(token: string, digest: string): void {
    const { clock } = this.#kernel;
    const expiresMs = clock.nowMs() + TOKEN_LIFETIME_MS;
    this.#remember.run(token, digest, expiresMs);
    if (this.#forgetting) return;
    this.#forgetting = true;
    clock.setTimer(expiresMs, () => {
      this.#forgetting = false;
      this.#forget.run(clock.nowMs());
    });
  }
}

/** What tells one transaction's parameters from another's. */
export function digestOf(parameters: unknown): string {
  return hash('sha1', JSON.stringify(parameters), 'base64');
}
