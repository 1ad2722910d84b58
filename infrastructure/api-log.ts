import {
  AccessLogFormat,
  CfnAccount,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import {
  LogGroupLogDestination as StreamLogDestination,
  type StageOptions as StreamStageOptions,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import { exempt } from './exempt.ts';
import { KEEP, physicalName, recordRemovalPolicy } from './stage.ts';

/** Source: API Gateway developer guide, "Permissions for CloudWatch logging": API Gateway takes no role that has less. */
const WRITE_LOGS = [
  ...['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
  ...['logs:PutLogEvents', 'logs:GetLogEvents', 'logs:FilterLogEvents'],
];

/** One request, in one line: who, what and how it ended. No header, query or body, which hold keys and personal data. */
const CALLER = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  principal: '$context.authorizer.principalId',
  status: '$context.status',
};
const REQUEST = {
  ...CALLER,
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  refusal: '$context.error.responseType',
  integrationLatencyMs: '$context.integration.latency',
  responseBytes: '$context.responseLength',
};
const STREAM_EVENT = {
  ...CALLER,
  event: '$context.eventType',
  route: '$context.routeKey',
  connectionId: '$context.connectionId',
};

/**
 * Who asked what of the API. API Gateway writes by a role that it knows for the whole account and region: it is one for all stages, and
 * stays when one of them goes.
 */
export class ApiLog extends Construct {
  readonly #account: CfnAccount;
  readonly #requests: LogGroup;

  constructor(scope: Construct) {
    super(scope, 'ApiLog');
    this.#requests = new LogGroup(this, 'Requests', {
      logGroupName: `/aws/apigateway/${physicalName(this, 'brokerage')}`,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: recordRemovalPolicy(this),
    });
    const role = new Role(this, 'Role', {
      roleName: physicalName(this, 'api-log-role'),
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      inlinePolicies: {
        log: new PolicyDocument({ statements: [new PolicyStatement({ actions: WRITE_LOGS, resources: ['*'] })] }),
      },
    });
    role.applyRemovalPolicy(KEEP);
    exempt(role, {
      'IAM5[Resource::*]':
        'API Gateway checks that the role may write to any group, since it names the groups of execution logs itself',
    });
    this.#account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    this.#account.applyRemovalPolicy(KEEP);
  }

  /** For a stage of the REST API. */
  get restOptions(): StageOptions {
    return {
      accessLogDestination: new LogGroupLogDestination(this.#requests),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(REQUEST)),
      loggingLevel: MethodLoggingLevel.ERROR,
    };
  }

  /** For a stage of a WebSocket API. */
  get webSocketOptions(): StreamStageOptions {
    return {
      accessLogSettings: {
        destination: new StreamLogDestination(this.#requests),
        format: AccessLogFormat.custom(JSON.stringify(STREAM_EVENT)),
      },
    };
  }

  /** API Gateway takes no stage that logs before it knows the role. */
  precede(stage: IConstruct): void {
    stage.node.addDependency(this.#account);
  }
}
