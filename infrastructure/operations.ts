import { METRIC_NAMESPACE, type MetricName } from '@brokerage/contracts/metric';
import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { addFunction } from './add-function.ts';
import { FirstAlarm } from './first-alarm.ts';
import { mayPublish, mayReadReceipts, mayUseExchange } from './grants.ts';
import { runOnSchedule } from './schedule.ts';
import type { ServiceFunction } from './service-function.ts';
import type { Shared, Variables } from './shared.ts';

/** The exchange's credentials are new every so many days. */
const ROTATION_DAYS = 30;

/** What staff do, what the market's data need, and what anybody may read. */
export class Operations extends Construct {
  readonly operations: Readonly<Record<string, ServiceFunction>>;

  constructor(scope: Construct, shared: Shared) {
    super(scope, 'Operations');
    const { data } = shared;
    const make = (entry: string, variables: readonly (keyof Variables)[]) =>
      addFunction(this, shared, entry, variables);

    const sync = make('market-data/sync-instruments', ['INSTRUMENTS_TABLE', 'EXCHANGE_URL', 'EXCHANGE_SECRET']);
    mayUseExchange(shared, sync.allow(['dynamodb:BatchWriteItem'], data.instruments.tableArn));
    // Before the opening call of either grid.
    runOnSchedule(this, sync, 'cron(0 8 ? * MON-FRI *)');

    this.#rotateCredentials(shared, make('operations/rotate-exchange-credentials', ['EXCHANGE_URL']));
    this.#watchBooks();
    this.operations = {
      'get-trial-balance': make('operations/get-trial-balance', ['LEDGER_TABLE']).allow(
        ['dynamodb:Scan'],
        data.ledger.tableArn,
      ),
      republish: mayPublish(
        shared,
        make('operations/republish', ['AUDIT_TABLE', 'ORDER_EVENTS_TOPIC_ARN', 'EVENT_BUS_NAME']).allow(
          ['dynamodb:Query'],
          data.audit.tableArn,
        ),
      ),
      'get-openapi': make('operations/get-openapi', []),
      'list-alerts': make('compliance/list-alerts', ['ALERTS_TABLE']).allow(['dynamodb:Query'], data.alerts.tableArn),
      // One that is not there yet is told from one that may not be read.
      'get-receipt': mayReadReceipts(shared, make('back-office/get-receipt', ['RECEIPTS_BUCKET'])).allow(
        ['s3:ListBucket'],
        data.receipts.bucketArn,
      ),
    };
  }

  /**
   * By hand, since the construct library would grant more than the function needs. The first rotation is a month after the credentials
   * were put in, or when an operator asks for it: `aws secretsmanager rotate-secret`.
   */
  #rotateCredentials({ foreign, encryption }: Shared, rotator: ServiceFunction): void {
    const { secretArn } = foreign.exchangeSecret;
    rotator.allow(
      ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map(
        (action) => `secretsmanager:${action}`,
      ),
      secretArn,
    );
    encryption.mayEncrypt(encryption.mayDecrypt(rotator, { SecretARN: secretArn }), { SecretARN: secretArn });
    const permission = new CfnPermission(this, 'SecretsManagerMayRotate', {
      action: 'lambda:InvokeFunction',
      functionName: rotator.functionArn,
      principal: 'secretsmanager.amazonaws.com',
      sourceArn: secretArn,
    });
    new CfnRotationSchedule(this, 'ExchangeCredentialsRotation', {
      secretId: secretArn,
      rotationLambdaArn: rotator.functionArn,
      rotationRules: { automaticallyAfterDays: ROTATION_DAYS },
      rotateImmediatelyOnUpdate: false,
    }).addResourceDependency(permission);
  }

  /** What the books took though it should not be: a person must look at it. */
  #watchBooks(): void {
    const watch = (metricName: MetricName, description: string) =>
      new FirstAlarm(this, `${metricName}Alarm`, {
        name: metricName,
        description: `${description}; see docs/operations.md.`,
        metric: new Metric({
          namespace: METRIC_NAMESPACE,
          metricName,
          statistic: Stats.SUM,
          period: Duration.minutes(1),
        }),
      });
    watch('UncoveredFills', 'A fill cost more than its order had blocked');
    watch('SuspenseFills', 'A fill of an order that we do not know was booked to suspense');
    watch('MissedReports', 'Reports of the exchange did not come within a minute');
  }
}
