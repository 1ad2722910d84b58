/**
 * Failures that AWS answers now and then and that a caller must live with. Whoever makes the service keeps the object and may
 * change it at any time; the draw is from the kernel's randomness, and nothing is drawn while a probability is 0.
 */
export interface DynamoDbFaults {
  /**
   * Of a write that meets a transaction under way on one of its items: `TransactionCanceledException` with the reason
   * `TransactionConflict` from TransactWriteItems, `TransactionConflictException` from a single write.
   */
  transactionConflictProbability: number;
  /** Of `ProvisionedThroughputExceededException`, from any operation on items. */
  throttlingProbability: number;
}

export function noFaults(): DynamoDbFaults {
  return { transactionConflictProbability: 0, throttlingProbability: 0 };
}
