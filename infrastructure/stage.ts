import { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * The stage that is deployed, from the app's context `stage`. Resources have plain names where an account holds one stage
 * alone (`local`, the default), and the stage's prefix where several share it.
 */
export function stageOf(scope: Construct): string {
  return (scope.node.tryGetContext('stage') as string | undefined) ?? 'local';
}

export function physicalName(scope: Construct, name: string): string {
  const stage = stageOf(scope);
  return stage === 'local' ? name : `${stage}-${name}`;
}

/** What holds money, orders or their history outlives its stack. */
export const KEEP = RemovalPolicy.RETAIN;

/** Logs are kept in production and go with the stack elsewhere. */
export function recordRemovalPolicy(scope: Construct): RemovalPolicy {
  return stageOf(scope) === 'production' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
