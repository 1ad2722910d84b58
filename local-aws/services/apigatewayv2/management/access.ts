import type { AccessRule } from '../../../kernel/authorization/access-request.ts';
import type { DeployedStage } from '../deployed-stage.ts';

const METHODS: Readonly<Record<string, string>> = {
  PostToConnection: 'POST',
  GetConnection: 'GET',
  DeleteConnection: 'DELETE',
};

/** Source: API Gateway developer guide, "Control access to a WebSocket API with AWS Lambda REQUEST authorizers and IAM authorization". */
export function managementAccess(stages: ReadonlyMap<string, DeployedStage>): Readonly<Record<string, AccessRule>> {
  const rules = Object.entries(METHODS).map(([operation, method]): [string, AccessRule] => [
    operation,
    ({ Stage, ConnectionId }: { Stage: string; ConnectionId: string }) => {
      const stage = stages.get(Stage);
      // Where there is no such stage there is no connection either: the operation says that it is gone.
      if (!stage) return [];
      const resource = `${stage.arn}/${method}/@connections/${ConnectionId}`;
      return [{ action: 'execute-api:ManageConnections', resource }];
    },
  ]);
  return Object.fromEntries(rules);
}
