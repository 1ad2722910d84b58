/** The running stack that a day is replayed against. */
export interface ReplayTarget {
  readonly apiUrl: string;
  readonly awsUrl: string;
  readonly exchangeUrl: string;
  /** The exchange's key, for its panel. */
  readonly exchangeApiKey: string;
}
