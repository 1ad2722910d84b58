import type { DeployedStage } from '../deployed-stage.ts';

/** What is known of a connection from its handshake on, and kept for its `$disconnect`. */
export interface ConnectionFacts {
  readonly id: string;
  readonly stage: DeployedStage;
  readonly connectedAtMs: number;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** `requestContext.authorizer` of all its events. */
  readonly authorizer: Readonly<Record<string, unknown>> | undefined;
}
