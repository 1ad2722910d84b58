import type { Random } from '../../../kernel/random.ts';
import { compileErrorEquals } from './error-names.ts';
import { Fields } from './fields.ts';
import type { StateFailure } from './state-failure.ts';

const FIELDS = [
  ...['Comment', 'ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate'],
  ...['MaxDelaySeconds', 'JitterStrategy'],
];

/** Source: Step Functions developer guide, "Retrying after an error": the defaults of a retrier. */
const DEFAULT_INTERVAL_SECONDS = 1;
const DEFAULT_MAX_ATTEMPTS = 3;
const DEFAULT_BACKOFF_RATE = 2;

/** One entry of Retry. */
export interface Retrier {
  readonly matches: (failure: StateFailure) => boolean;
  readonly maxAttempts: number;
  /** The wait before retry number `attempt`, counted from 0. */
  readonly delayMs: (attempt: number) => number;
}

/** Compiles Retry, of a state at `where`. */
export function compileRetry(state: Fields, random: Random): readonly Retrier[] {
  if (!state.has('Retry')) return [];
  const retriers = state.list('Retry');
  return retriers.map((source, index) => {
    const fields = new Fields(source, `${state.where}, Retry`, FIELDS);
    return {
      matches: compileErrorEquals(fields, index === retriers.length - 1),
      maxAttempts: fields.integer('MaxAttempts', 0) ?? DEFAULT_MAX_ATTEMPTS,
      delayMs: compileDelay(fields, random),
    };
  });
}

function compileDelay(fields: Fields, random: Random): Retrier['delayMs'] {
  const intervalSeconds = fields.integer('IntervalSeconds', 1) ?? DEFAULT_INTERVAL_SECONDS;
  const backoffRate = fields.number('BackoffRate', 1) ?? DEFAULT_BACKOFF_RATE;
  const maxDelaySeconds = fields.integer('MaxDelaySeconds', 1) ?? Number.POSITIVE_INFINITY;
  const jitter = fields.text('JitterStrategy') ?? 'NONE';
  if (jitter !== 'NONE' && jitter !== 'FULL') throw fields.refuse(`JitterStrategy ${jitter} is neither FULL nor NONE`);
  return (attempt) => {
    const delayMs = Math.min(intervalSeconds * backoffRate ** attempt, maxDelaySeconds) * 1000;
    return Math.round(jitter === 'FULL' ? random.next() * delayMs : delayMs);
  };
}
