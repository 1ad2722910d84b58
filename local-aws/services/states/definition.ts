import { Fields } from './language/fields.ts';
import type { StateTools } from './language/state.ts';
import { compileWorkflow, WORKFLOW_FIELDS, type Workflow } from './language/workflow.ts';
import { invalidDefinition } from './states-error.ts';

/** Longest an Express execution runs. Source: Step Functions developer guide, "Service quotas", state machine executions. */
const MAX_EXPRESS_SECONDS = 300;

export interface Definition {
  readonly workflow: Workflow;
  /** How long an execution may run. */
  readonly timeoutSeconds: number;
}

/**
 * Compiles a definition once for all its executions.
 * @throws AwsError InvalidDefinition, or NotSupportedByLocalAws for what would be run otherwise than on AWS
 */
export function compileDefinition(source: string, platform: Omit<StateTools, 'compileBranch'>): Definition {
  const machine = new Fields(parse(source), 'state machine', [...WORKFLOW_FIELDS, 'TimeoutSeconds', 'Version']);
  const timeoutSeconds = Math.min(machine.integer('TimeoutSeconds', 1) ?? MAX_EXPRESS_SECONDS, MAX_EXPRESS_SECONDS);
  return { workflow: compileWorkflow(machine, platform), timeoutSeconds };
}

function parse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (cause) {
    throw Object.assign(invalidDefinition(`INVALID_JSON_DESCRIPTION: ${String(cause)}`), { cause });
  }
}
