import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { physicalName } from './stage.ts';

export interface FirstAlarmProps {
  readonly name: string;
  readonly description: string;
  readonly metric: IMetric;
  /** The highest value that is still in order; 0 when none is. */
  readonly tolerated?: number;
}

/** An alarm that goes off at the first minute of what should never be. */
export class FirstAlarm extends Alarm {
  constructor(scope: Construct, id: string, { name, description, metric, tolerated = 0 }: FirstAlarmProps) {
    super(scope, id, {
      alarmName: physicalName(scope, name),
      alarmDescription: description,
      metric,
      threshold: tolerated,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
