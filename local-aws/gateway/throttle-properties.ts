import { AwsError } from '../kernel/aws-error.ts';
import type { ResourceProperties } from './resource-properties.ts';
import type { ThrottleLimits } from './token-bucket.ts';

/** A rate without a burst (or the reverse) has no meaning as a token bucket, so both are wanted or neither. */
export function readThrottle(properties: ResourceProperties, rate: string, burst: string): ThrottleLimits | undefined {
  const ratePerSecond = properties.number(rate);
  const burstLimit = properties.number(burst);
  if (ratePerSecond === undefined && burstLimit === undefined) return undefined;
  if (ratePerSecond === undefined || burstLimit === undefined) {
    throw new AwsError('BadRequestException', `${rate} and ${burst} must be given together`);
  }
  return { ratePerSecond, burst: burstLimit };
}
