import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { servicePrincipal } from '../../kernel/principal.ts';
import { TaskFailure } from './states-error.ts';

/** Runs one Task with its effective input; rejects with TaskFailure. */
export type Task = (input: unknown) => Promise<unknown>;

/** Largest input or result of a task, in bytes. Source: Step Functions developer guide, "Service quotas". */
export const MAX_DATA_BYTES = 262_144;

const OPTIMIZED_INTEGRATION = 'arn:aws:states:::lambda:invoke';
const FUNCTION_ARN = /^arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const INVOKE_PARAMETERS = ['FunctionName', 'Payload', 'Qualifier', 'InvocationType'];

/**
 * The task behind a Resource: a function's own ARN, or the optimized integration with Lambda, whose result also carries
 * status and version. Every other integration is refused.
 */
export function taskFor(kernel: Kernel, resource: string, stateMachineArn: string, roleArn: string): Task {
  const principal = servicePrincipal('states.amazonaws.com', stateMachineArn, roleArn);
  // Whether an invocation keeps the stack busy is Lambda's to say: a function may be waiting for the clock.
  const invoke = async (request: InvokeRequest): Promise<InvokeAnswer> => {
    try {
      return (await kernel.call('lambda', 'Invoke', request, principal)) as InvokeAnswer;
    } catch (error) {
      throw serviceFailure(kernel, error);
    }
  };
  if (FUNCTION_ARN.test(resource)) {
    return async (input) => payloadOf(await invoke(synchronous({ FunctionName: resource, Payload: toJson(input) })));
  }
  if (resource !== OPTIMIZED_INTEGRATION) throw notSupported(`the task resource ${resource}`);
  return async (input) => {
    const answer = await invoke(requestOf(input as Record<string, unknown>));
    return { ExecutedVersion: answer.ExecutedVersion, Payload: payloadOf(answer), StatusCode: answer.StatusCode };
  };
}

interface InvokeRequest {
  readonly FunctionName: string;
  readonly InvocationType: string;
  readonly Payload?: string;
  readonly Qualifier?: string;
}

interface InvokeAnswer {
  readonly StatusCode: number;
  readonly ExecutedVersion?: string;
  readonly FunctionError?: string;
  readonly Payload?: string;
}

function synchronous(request: { FunctionName: string; Payload: string }): InvokeRequest {
  return { ...request, InvocationType: 'RequestResponse' };
}

function requestOf(parameters: Record<string, unknown>): InvokeRequest {
  const unknown = Object.keys(parameters).find((name) => !INVOKE_PARAMETERS.includes(name));
  if (unknown !== undefined) throw new TaskFailure('States.Runtime', `The field '${unknown}' is not supported`);
  const { FunctionName, Payload, InvocationType = 'RequestResponse', Qualifier } = parameters;
  return {
    FunctionName: String(FunctionName),
    InvocationType: String(InvocationType),
    ...(Payload === undefined ? {} : { Payload: toJson(Payload) }),
    ...(Qualifier === undefined ? {} : { Qualifier: String(Qualifier) }),
  };
}

function toJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (json.length > MAX_DATA_BYTES) throw dataLimitExceeded();
  return json;
}

/** What the function returned. Its error becomes the state's: the name from `errorType`, the whole payload as the cause. */
function payloadOf({ Payload: text = '', FunctionError }: InvokeAnswer): unknown {
  if (FunctionError !== undefined) throw new TaskFailure(errorTypeOf(text), text);
  if (text.length > MAX_DATA_BYTES) throw dataLimitExceeded();
  return text === '' ? {} : JSON.parse(text);
}

/** Source: Step Functions developer guide, "Handling errors": what has no name of its own is `Lambda.Unknown`. */
function errorTypeOf(payload: string): string {
  const { errorType } = JSON.parse(payload) as { errorType?: string };
  return errorType || 'Lambda.Unknown';
}

function dataLimitExceeded(): TaskFailure {
  const cause = `The state/task returned a result with a size exceeding the maximum of ${MAX_DATA_BYTES} bytes.`;
  return new TaskFailure('States.DataLimitExceeded', cause, { terminal: true });
}

/** Lambda's own refusals are `Lambda.<code>`. Anything else is a fault of the stack: told in the log, and a service error here. */
function serviceFailure(kernel: Kernel, error: unknown): TaskFailure {
  if (error instanceof AwsError && error.status !== 501) return new TaskFailure(`Lambda.${error.code}`, error.message);
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/states', level: 'error', message });
  return new TaskFailure('Lambda.ServiceException', String(error));
}
