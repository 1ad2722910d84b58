import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { Operation, ResourceType } from '../../kernel/service.ts';
import { checkedRules } from './rotation-rules.ts';
import type { Rotations } from './rotations.ts';
import { checkToken, type Secrets } from './secrets.ts';

interface RotateInput {
  readonly SecretId?: string;
  readonly ClientRequestToken?: string;
  readonly RotationLambdaARN?: string;
  readonly RotationRules?: object;
  readonly RotateImmediately?: boolean;
}

export function rotateSecret(kernel: Kernel, secrets: Secrets, rotations: Rotations): Operation {
  return (input: RotateInput) => {
    const secret = secrets.find(input.SecretId);
    const token = input.ClientRequestToken ?? kernel.random.uuid();
    checkToken(token);
    const known = rotations.store.get(secret.arn);
    const lambdaArn = input.RotationLambdaARN ?? known?.lambdaArn;
    if (lambdaArn === undefined) {
      const message = 'No Lambda rotation function ARN is associated with this secret.';
      throw new AwsError('InvalidRequestException', message);
    }
    const rules = checkedRules(input.RotationRules ?? known?.rules);
    const { RotateImmediately = true } = input;
    if (RotateImmediately) rotations.begin(secret, token);
    if (lambdaArn !== known?.lambdaArn || input.RotationRules) {
      rotations.configure(secret, lambdaArn, rules, false);
      rotations.arm(secret.arn);
    }
    return { ARN: secret.arn, Name: secret.name, VersionId: token };
  };
}

/**
 * `AWS::SecretsManager::RotationSchedule`. What is set again as it was changes nothing, so that a restart rotates nothing.
 * Differs from AWS: without `RotateImmediatelyOnUpdate` the function is not tried by its testSecret step.
 */
export function rotationScheduleResource(secrets: Secrets, rotations: Rotations): ResourceType {
  return {
    apply: ({ type, properties }) => {
      const { SecretId, RotationLambdaARN, RotationRules, RotateImmediatelyOnUpdate = true, ...unknown } = properties;
      refuseUnknownProperties(type, unknown);
      if (typeof RotationLambdaARN !== 'string') throw notSupported(`${type} without RotationLambdaARN`);
      const secret = secrets.find(SecretId);
      const rules = checkedRules(RotationRules);
      const known = rotations.store.get(secret.arn);
      const isSame = known?.lambdaArn === RotationLambdaARN && JSON.stringify(known.rules) === JSON.stringify(rules);
      if (!isSame) rotations.configure(secret, RotationLambdaARN, rules, RotateImmediatelyOnUpdate === true);
      return { ref: secret.arn, attributes: { Id: secret.arn } };
    },
  };
}
