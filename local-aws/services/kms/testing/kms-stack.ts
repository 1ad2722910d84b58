import { KMSClient } from '@aws-sdk/client-kms';
import type { Kernel } from '../../../kernel/kernel.ts';
import { startTestStack, type TestStack } from '../../../testing/test-stack.ts';
import { createKms, type KmsOptions } from '../kms.service.ts';

/** Makes a key as the template would; gives its id. */
export function defineKey(kernel: Kernel, logicalId: string, properties: Record<string, unknown> = {}): string {
  return define(kernel, 'AWS::KMS::Key', logicalId, properties);
}

export function defineAlias(kernel: Kernel, AliasName: string, TargetKeyId: string): string {
  return define(kernel, 'AWS::KMS::Alias', 'Alias', { AliasName, TargetKeyId });
}

function define(kernel: Kernel, type: string, logicalId: string, properties: Record<string, unknown>): string {
  const resource = kernel.service('kms').resources?.[type];
  if (!resource) throw new Error(`no ${type}`);
  return resource.apply({ logicalId, type, properties }).ref;
}

export async function startKms(
  options: KmsOptions & { readonly path?: string } = {},
): Promise<TestStack & { readonly client: KMSClient }> {
  const { path, ...kms } = options;
  const stack = await startTestStack([(kernel) => createKms(kernel, kms)], path === undefined ? {} : { path });
  return { ...stack, client: new KMSClient(stack.clientConfig) };
}
