import { AwsError } from '../../../kernel/aws-error.ts';
import type { Kernel } from '../../../kernel/kernel.ts';
import type { Writer } from '../../../kernel/store.ts';

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html (ClientRequestToken). */
const TOKEN_LIFETIME_MS = 10 * 60 * 1000;

interface KnownToken {
  readonly digest: string;
  readonly expiresMs: number;
}

/**
 * Tokens of the transactions that were carried out. They are looked up in memory; the table only ever grows at its end, and
 * is there for the next start.
 */
export class TransactionTokens {
  readonly #kernel: Kernel;
  readonly #known = new Map<string, KnownToken>();
  readonly #remember: Writer;
  readonly #forget: Writer;
  #forgetting = false;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    kernel.store.define(`
      CREATE TABLE IF NOT EXISTS dynamodb_transaction_tokens (
        token TEXT NOT NULL, digest TEXT NOT NULL, expires_ms INTEGER NOT NULL
      );
    `);
    this.#remember = kernel.store.writer('INSERT INTO dynamodb_transaction_tokens VALUES (?, ?, ?)');
    this.#forget = kernel.store.writer('DELETE FROM dynamodb_transaction_tokens WHERE expires_ms <= ?');
    for (const row of kernel.store.reader('SELECT * FROM dynamodb_transaction_tokens ORDER BY rowid').all()) {
      const known = { digest: row.digest as string, expiresMs: row.expires_ms as number };
      this.#known.set(row.token as string, known);
      this.#armForgetting(known.expiresMs);
    }
  }

  /** Whether the token's transaction was carried out. Refuses a token that was used for another transaction. */
  wasCarriedOut(token: string, digest: string): boolean {
    const known = this.#known.get(token);
    if (!known || known.expiresMs <= this.#kernel.clock.nowMs()) return false;
    if (known.digest === digest) return true;
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'The provided client token does not match the original request parameters',
    );
  }

  remember(token: string, digest: string): void {
    const expiresMs = this.#kernel.clock.nowMs() + TOKEN_LIFETIME_MS;
    this.#known.set(token, { digest, expiresMs });
    this.#remember.run(token, digest, expiresMs);
    this.#armForgetting(expiresMs);
  }

  #armForgetting(atMs: number): void {
    if (this.#forgetting) return;
    this.#forgetting = true;
    const { clock } = this.#kernel;
    clock.setTimer(Math.max(atMs, clock.nowMs()), () => {
      this.#forgetting = false;
      const nowMs = clock.nowMs();
      this.#forget.run(nowMs);
      for (const [token, { expiresMs }] of this.#known) if (expiresMs <= nowMs) this.#known.delete(token);
      if (this.#known.size > 0) this.#armForgetting(nowMs + TOKEN_LIFETIME_MS);
    });
  }
}
