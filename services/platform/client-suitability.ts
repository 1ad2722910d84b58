import type { Suitability, SuitabilityProfile, UnsuitabilityCause } from '@brokerage/domain/clients/suitability';

/** What a client's item says of its profile. */
export interface SuitabilityFields {
  /** Null: the client has not answered. Absent of what is not a client's. */
  readonly suitability?: SuitabilityProfile | null;
  readonly openedAtMs?: number;
  /** Of a profile that was renewed; before that it is as old as the account. */
  readonly suitabilityAssessedAtMs?: number;
  readonly declaredUnsuitability?: DeclaredUnsuitability;
}

export interface DeclaredUnsuitability {
  readonly cause: UnsuitabilityCause;
  readonly declaredAtMs: number;
  /** Of the profile that was declared about: the declaration ends with it. */
  readonly assessedAtMs: number;
}

export function suitabilityOf(fields: SuitabilityFields): Suitability {
  const { suitability: profile = null, declaredUnsuitability: declared } = fields;
  const assessedAtMs = fields.suitabilityAssessedAtMs ?? fields.openedAtMs ?? 0;
  return { profile, assessedAtMs, declaredCause: declared?.assessedAtMs === assessedAtMs ? declared.cause : null };
}
