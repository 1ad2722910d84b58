import type { EpochMs } from '../calendar/instant.ts';
import { yearsAfter } from './years.ts';

/**
 * The investor's profile. CVM Resolution 30/2021 has a broker class its clients (article 4) and carry out nothing for them without having
 * looked whether it suits (article 2); the classes and what suits which are the broker's own rules, and these are the usual ones.
 */
export const SUITABILITY_PROFILES = ['CONSERVATIVE', 'MODERATE', 'AGGRESSIVE'] as const;
export type SuitabilityProfile = (typeof SUITABILITY_PROFILES)[number];

/** Why shares do not suit a client, or cannot be said to. */
export const UNSUITABILITY_CAUSES = ['NO_PROFILE', 'PROFILE_EXPIRED', 'CONSERVATIVE_PROFILE'] as const;
export type UnsuitabilityCause = (typeof UNSUITABILITY_CAUSES)[number];

/** What is known of a client's profile, and what the client has declared about it. */
export interface Suitability {
  readonly profile: SuitabilityProfile | null;
  readonly assessedAtMs: number;
  /** The cause that the client has declared to know of; a new profile ends it. */
  readonly declaredCause: UnsuitabilityCause | null;
}

/** Source: CVM, Ofício-Circular Conjunto 2/2021 SMI/SIN: as registrations by CVM Resolution 50/2021, at most five years. */
const PROFILE_YEARS = 5;

export function profileExpiresAtMs(assessedAtMs: number): EpochMs {
  return yearsAfter(assessedAtMs, PROFILE_YEARS);
}

/** Shares are for moderate and aggressive investors whose profile is in date. Null: they suit. */
export function unsuitabilityOf(
  { profile, assessedAtMs }: Pick<Suitability, 'profile' | 'assessedAtMs'>,
  nowMs: number,
): UnsuitabilityCause | null {
  if (profile === null) return 'NO_PROFILE';
  if (nowMs >= profileExpiresAtMs(assessedAtMs)) return 'PROFILE_EXPIRED';
  return profile === 'CONSERVATIVE' ? 'CONSERVATIVE_PROFILE' : null;
}

/**
 * What stands between the client and a purchase of shares: why they do not suit, until the client, told of it, has declared to know. Once is enough,
 * before the first purchase. Source: B3, guide "Por Dentro da B3", on operations outside the profile (by CVM Resolution 30/2021, of whose
 * article no text was at hand, so that none is cited).
 */
export function undeclaredCause(suitability: Suitability, nowMs: number): UnsuitabilityCause | null {
  const cause = unsuitabilityOf(suitability, nowMs);
  return cause === suitability.declaredCause ? null : cause;
}
