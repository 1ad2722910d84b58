/**
 * Failures that AWS answers now and then and that a producer must live with. Whoever makes the service keeps the object and may change it
 * at any time; the draw is from the kernel's randomness, and nothing is drawn while the probability is 0.
 */
export interface KinesisFaults {
  /** Of `ProvisionedThroughputExceededException`, for each record put. */
  recordThrottlingProbability: number;
}

export function noKinesisFaults(): KinesisFaults {
  return { recordThrottlingProbability: 0 };
}
