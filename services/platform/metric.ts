import { METRIC_NAMESPACE, type MetricName } from '@brokerage/contracts/metric';

/**
 * Counts something in CloudWatch without a call: a log line in the embedded metric format, which CloudWatch turns into a metric.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function countMetric(
  name: MetricName,
  nowMs: number,
  fields: Readonly<Record<string, unknown>> = {},
  write: (line: string) => void = console.log,
): void {
  const metrics = [{ Namespace: METRIC_NAMESPACE, Dimensions: [[]], Metrics: [{ Name: name, Unit: 'Count' }] }];
  write(JSON.stringify({ _aws: { Timestamp: nowMs, CloudWatchMetrics: metrics }, [name]: 1, ...fields }));
}
