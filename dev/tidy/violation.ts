export type RuleName =
  | 'import'
  | 'size'
  | 'function-size'
  | 'name'
  | 'banned'
  | 'marker'
  | 'barrel'
  | 'syntax'
  | 'exception';

/** One breach of the house rules. */
export interface Violation {
  readonly rule: RuleName;
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** What is wrong, why, and the legal way. */
  readonly message: string;
  /** What an exception counts: lines for sizes, 1 for anything else. */
  readonly amount: number;
}
