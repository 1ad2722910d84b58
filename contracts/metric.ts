/** Metrics that the services count and the alarms watch. All are in one namespace and have no dimensions. */
export const METRIC_NAMESPACE = 'Brokerage';

/**
 * UncoveredFills: a fill cost more than its order had blocked. SuspenseFills: a fill of an order that we do not know. MissedReports: a
 * run of the reconciler found reports that the webhook had not brought. ApiFailures: an operation failed on what nobody expected.
 */
export type MetricName = 'UncoveredFills' | 'SuspenseFills' | 'MissedReports' | 'ApiFailures';
