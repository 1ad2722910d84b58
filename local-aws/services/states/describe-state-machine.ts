import type { StatesContext } from './states-context.ts';
import { validationException } from './states-error.ts';

export function describeStateMachine({ machines }: StatesContext, request: { stateMachineArn: string }) {
  const { row, arn } = machines.get(request.stateMachineArn);
  return {
    stateMachineArn: arn,
    name: row.name,
    status: 'ACTIVE',
    definition: row.definition,
    roleArn: row.roleArn,
    type: 'EXPRESS',
    creationDate: row.createdAtMs / 1000,
    loggingConfiguration: row.logging,
    tracingConfiguration: row.tracing,
  };
}

/** Source: API reference, ListStateMachines, `maxResults`. */
const MAX_RESULTS = 1000;
const DEFAULT_RESULTS = 100;

/** By name; the token is the name of the last one answered. */
export function listStateMachines({ machines }: StatesContext, request: { maxResults?: number; nextToken?: string }) {
  const { maxResults = 0, nextToken = '' } = request;
  if (!Number.isInteger(maxResults) || maxResults < 0 || maxResults > MAX_RESULTS) {
    throw validationException(`Value '${maxResults}' at 'maxResults' must be between 0 and ${MAX_RESULTS}`);
  }
  const after = machines.rows().filter(({ name }) => name > nextToken);
  const page = after.slice(0, maxResults || DEFAULT_RESULTS);
  return {
    stateMachines: page.map(({ name, createdAtMs }) => ({
      stateMachineArn: machines.arnOf(name),
      name,
      type: 'EXPRESS',
      creationDate: createdAtMs / 1000,
    })),
    ...(page.length < after.length ? { nextToken: page.at(-1)?.name } : {}),
  };
}
