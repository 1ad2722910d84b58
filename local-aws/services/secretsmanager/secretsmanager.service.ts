import type { Kernel } from '../../kernel/kernel.ts';
import type { Service } from '../../kernel/service.ts';
import { secretsAccess } from './access.ts';
import { describeSecret, listSecrets } from './describe-secrets.ts';
import { rotateSecret, rotationScheduleResource } from './rotate-secret.ts';
import { Rotations } from './rotations.ts';
import { secretResource } from './secret.resource.ts';
import { getSecretValue, putSecretValue, updateSecretVersionStage } from './secret-values.ts';
import { Secrets } from './secrets.ts';

export function createSecretsManager(kernel: Kernel): Service {
  const secrets = new Secrets(kernel);
  const rotations = new Rotations(kernel, secrets);
  return {
    name: 'secretsmanager',
    protocol: { kind: 'aws-json', version: '1.1', target: 'secretsmanager' },
    operations: {
      GetSecretValue: getSecretValue(secrets),
      PutSecretValue: putSecretValue(kernel, secrets),
      UpdateSecretVersionStage: updateSecretVersionStage(secrets),
      RotateSecret: rotateSecret(kernel, secrets, rotations),
      DescribeSecret: describeSecret(secrets, rotations),
      ListSecrets: listSecrets(secrets, rotations),
    },
    access: secretsAccess(secrets),
    resources: {
      'AWS::SecretsManager::Secret': secretResource(kernel, secrets),
      'AWS::SecretsManager::RotationSchedule': rotationScheduleResource(secrets, rotations),
    },
    start: () => rotations.start(),
    stop: () => rotations.stop(),
  };
}
