import { KinesisClient } from '@aws-sdk/client-kinesis';
import { startTestStack, type TestStack } from '../../../testing/test-stack.ts';
import { noKinesisFaults } from '../faults.ts';
import { createKinesis } from '../kinesis.service.ts';

/** A stack with Kinesis alone, and streams made as the template would. */
export async function startKinesis(options: { readonly path?: string } = {}) {
  const faults = noKinesisFaults();
  const stack: TestStack = await startTestStack([(kernel) => createKinesis(kernel, { faults })], options);
  const client = new KinesisClient(stack.clientConfig);
  const define = (type: string, properties: Record<string, unknown>) => {
    const resource = stack.kernel.service('kinesis').resources?.[type];
    if (!resource) throw new Error(`no ${type}`);
    return resource.apply({ logicalId: 'Resource', type, properties });
  };
  return {
    ...stack,
    client,
    faults,
    stream: (Name: string, properties: Record<string, unknown> = {}) =>
      define('AWS::Kinesis::Stream', { Name, ...properties }),
    consumer: (properties: Record<string, unknown>) => define('AWS::Kinesis::StreamConsumer', properties),
    close: async () => {
      client.destroy();
      await stack.close();
    },
  };
}

export type KinesisStack = Awaited<ReturnType<typeof startKinesis>>;

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function text(data: Uint8Array | undefined): string {
  return new TextDecoder().decode(data);
}
