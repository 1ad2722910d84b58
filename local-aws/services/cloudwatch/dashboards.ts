import { AwsError } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType } from '../../kernel/service.ts';

/** `AWS::CloudWatch::Dashboard`: its body, by name. */
export function dashboardResource(dashboards: Map<string, string>): ResourceType {
  return {
    apply: ({ logicalId, type, properties }) => {
      const { DashboardName = logicalId, DashboardBody, ...rest } = properties;
      refuseUnknownProperties(type, rest);
      dashboards.set(String(DashboardName), String(DashboardBody));
      return { ref: String(DashboardName), attributes: {} };
    },
  };
}

export function getDashboard(
  kernel: Kernel,
  dashboards: ReadonlyMap<string, string>,
  { DashboardName }: { DashboardName: string },
) {
  const DashboardBody = dashboards.get(DashboardName);
  if (DashboardBody === undefined) {
    throw new AwsError('ResourceNotFound', `Dashboard ${DashboardName} does not exist`, { status: 404 });
  }
  const DashboardArn = `arn:aws:cloudwatch::${kernel.accountId}:dashboard/${DashboardName}`;
  return { DashboardArn, DashboardName, DashboardBody };
}
