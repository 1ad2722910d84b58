import type { Kernel } from '../../kernel/kernel.ts';
import type { Execution } from './execution.ts';
import { MAX_DATA_BYTES } from './lambda-task.ts';
import type { StateMachine } from './state-machines.ts';
import { invalidExecutionInput, invalidName, validationException } from './states-error.ts';

export interface ExecutionRequest {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
  /** X-Ray's; carried by nothing here. */
  readonly traceHeader?: string;
  readonly includedData?: 'ALL_DATA' | 'METADATA_ONLY';
}

/** Source: API reference, StartSyncExecution, `name`: up to 80 characters without whitespace, brackets or specials. */
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

/** Checks what starts an execution and gives it its identity. */
export function newExecution(kernel: Kernel, machine: StateMachine, request: ExecutionRequest): Execution {
  const { name = kernel.random.uuid(), input = '{}' } = request;
  if (!NAME.test(name)) throw invalidName(name);
  if (Buffer.byteLength(input) > MAX_DATA_BYTES) {
    throw validationException(`Value at 'input' failed to satisfy constraint: over ${MAX_DATA_BYTES} bytes`);
  }
  const data = parse(input);
  const executionArn = kernel.arn('states', `express:${machine.row.name}:${name}:${kernel.random.uuid()}`);
  return { executionArn, name, input, data, startedAtMs: kernel.clock.nowMs() };
}

function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch (cause) {
    throw Object.assign(invalidExecutionInput((cause as Error).message), { cause });
  }
}
