const ENDED: ReadonlySet<string> = new Set(['FILLED', 'CANCELED', 'REJECTED', 'EXPIRED']);
/** Waiting for someone else's answer: no order may stay so. */
const TRANSITIONAL: ReadonlySet<string> = new Set(['PENDING_NEW', 'PENDING_CANCEL', 'PENDING_REPLACE']);

export function hasEnded(status: string): boolean {
  return ENDED.has(status);
}

export function isTransitional(status: string): boolean {
  return TRANSITIONAL.has(status);
}
