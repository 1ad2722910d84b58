import type { DynamoDbFaults } from '../services/dynamodb/faults.ts';

/**
 * Sets the named probabilities, each 0 to 1, and leaves the others. False, with nothing set, when the body is not such an object or
 * names a fault that there is none of.
 */
export function setFaults(faults: DynamoDbFaults, body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const isProbability = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;
  if (!Object.entries(body).every(([name, value]) => Object.hasOwn(faults, name) && isProbability(value))) return false;
  Object.assign(faults, body);
  return true;
}
