/**
 * Which items of a batch a function reports as failed: a list of identifiers, or `all` when the answer is malformed.
 * A malformed answer fails the whole batch, an empty one succeeds:
 * docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function failedItems(payload: string, identifiers: ReadonlySet<string>): readonly string[] | 'all' {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return 'all';
  }
  if (answer === null || typeof answer !== 'object') return answer === null ? [] : 'all';
  if (Object.keys(answer).length === 0) return [];
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === null) return [];
  if (!Array.isArray(failures)) return 'all';
  const failed: string[] = [];
  for (const failure of failures as unknown[]) {
    const identifier = (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier;
    if (typeof identifier !== 'string' || !identifiers.has(identifier)) return 'all';
    failed.push(identifier);
  }
  return failed;
}
