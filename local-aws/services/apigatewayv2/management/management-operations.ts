import { isUtf8 } from 'node:buffer';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Operation } from '../../../kernel/service.ts';
import type { Connection } from '../execution/connection.ts';
import type { Connections } from '../execution/connections.ts';
import { MAX_MESSAGE_BYTES } from '../limits.ts';

interface ConnectionInput {
  readonly ConnectionId: string;
  /** Name in the path: a connection is another stage's to nobody. */
  readonly Stage: string;
}

interface PostInput extends ConnectionInput {
  readonly Data: Uint8Array | string;
}

/** The `@connections` API of the stages. Messages are sent as text frames, and as binary ones where they are no UTF-8. */
export function managementOperations(connections: Connections): Readonly<Record<string, Operation>> {
  const found = ({ ConnectionId, Stage }: ConnectionInput): Connection => {
    const connection = connections.find(ConnectionId);
    if (connection?.facts.stage.name === Stage) return connection;
    throw new AwsError('GoneException', '', { status: 410 });
  };
  return {
    PostToConnection: (input: PostInput) => {
      const { Data } = input;
      if (Buffer.byteLength(Data) > MAX_MESSAGE_BYTES) {
        throw new AwsError('PayloadTooLargeException', 'Message too long', { status: 413 });
      }
      const isBinary = typeof Data !== 'string' && !isUtf8(Data);
      if (!found(input).send(Data, isBinary)) throw new AwsError('LimitExceededException', '', { status: 429 });
    },
    GetConnection: (input: ConnectionInput) => {
      const { facts, lastActiveMs } = found(input);
      return {
        connectedAt: new Date(facts.connectedAtMs).toISOString(),
        identity: { sourceIp: facts.sourceIp, userAgent: facts.userAgent },
        lastActiveAt: new Date(lastActiveMs).toISOString(),
      };
    },
    DeleteConnection: (input: ConnectionInput) => {
      connections.close(found(input), 1000, 'Connection Closed Normally');
    },
  };
}
