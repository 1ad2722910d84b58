import type { ManagedPolicy } from './roles.ts';

/** The policies of AWS's own that a stack may attach. Source: AWS managed policy reference guide. */
export const AWS_MANAGED_POLICIES: readonly ManagedPolicy[] = [
  awsManaged('service-role/AWSLambdaBasicExecutionRole', [
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]),
  awsManaged('service-role/AmazonAPIGatewayPushToCloudWatchLogs', [
    ...['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
    ...['logs:PutLogEvents', 'logs:GetLogEvents', 'logs:FilterLogEvents'],
  ]),
];

function awsManaged(pathAndName: string, actions: readonly string[]): ManagedPolicy {
  const slash = pathAndName.lastIndexOf('/');
  return {
    name: pathAndName.slice(slash + 1),
    path: `/${pathAndName.slice(0, slash + 1)}`,
    arn: `arn:aws:iam::aws:policy/${pathAndName}`,
    document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
  };
}
