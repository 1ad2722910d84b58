import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { servicePrincipal } from '../../kernel/principal.ts';
import type { Task } from './language/state.ts';
import { StateFailure } from './language/state-failure.ts';
import { invalidDefinition } from './states-error.ts';

/** Largest input or result of a task, in bytes. Source: Step Functions developer guide, "Service quotas". */
export const MAX_DATA_BYTES = 262_144;

const OPTIMIZED_INTEGRATION = 'arn:aws:states:::lambda:invoke';
const FUNCTION_ARN = /^arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const INVOKE_PARAMETERS = ['FunctionName', 'Payload', 'Qualifier', 'InvocationType'];

interface TaskDefinition {
  readonly resource: string;
  /** Names within its Parameters. */
  readonly parameters: readonly string[] | undefined;
  readonly stateMachineArn: string;
  readonly roleArn: string;
}

/**
 * The task behind a Resource: a function's own ARN, or the optimized integration with Lambda, whose result also carries
 * status and version. Every other integration is refused.
 */
export function taskFor(kernel: Kernel, { resource, parameters, stateMachineArn, roleArn }: TaskDefinition): Task {
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
    return async (input) =>
      payloadOf(await invoke({ FunctionName: resource, InvocationType: SYNCHRONOUS, Payload: toJson(input) }));
  }
  if (resource !== OPTIMIZED_INTEGRATION) throw notSupported(`the task resource ${resource}`);
  checkParameters(parameters ?? []);
  return async (input) => {
    const answer = await invoke(requestOf(input as InvokeParameters));
    return { ExecutedVersion: answer.ExecutedVersion, Payload: payloadOf(answer), StatusCode: answer.StatusCode };
  };
}

const SYNCHRONOUS = 'RequestResponse';

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

/** What INVOKE_PARAMETERS names, as the state's Parameters made it. */
interface InvokeParameters {
  readonly FunctionName: unknown;
  readonly InvocationType?: unknown;
  readonly Payload?: unknown;
  readonly Qualifier?: unknown;
}

function checkParameters(names: readonly string[]): void {
  const unknown = names.find((name) => !INVOKE_PARAMETERS.includes(name));
  if (unknown !== undefined) throw notSupported(`the parameter ${unknown} of ${OPTIMIZED_INTEGRATION}`);
  if (names.includes('FunctionName')) return;
  throw invalidDefinition("SCHEMA_VALIDATION_FAILED: The field 'FunctionName' is required but was missing");
}

function requestOf({ FunctionName, InvocationType, Payload, Qualifier }: InvokeParameters): InvokeRequest {
  const request = { FunctionName: String(FunctionName), InvocationType: String(InvocationType ?? SYNCHRONOUS) };
  return {
    ...request,
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
  if (FunctionError !== undefined) throw new StateFailure(errorTypeOf(text), text);
  if (text.length > MAX_DATA_BYTES) throw dataLimitExceeded();
  return text === '' ? {} : JSON.parse(text);
}

/** Source: Step Functions developer guide, "Handling errors": what has no name of its own is `Lambda.Unknown`. */
function errorTypeOf(payload: string): string {
  const { errorType } = JSON.parse(payload) as { errorType?: string };
  return errorType || 'Lambda.Unknown';
}

function dataLimitExceeded(): StateFailure {
  const cause = `The state/task returned a result with a size exceeding the maximum of ${MAX_DATA_BYTES} bytes.`;
  return new StateFailure('States.DataLimitExceeded', cause);
}

/** Lambda's own refusals are `Lambda.<code>`. Anything else is a fault of the stack: told in the log, and a service error here. */
function serviceFailure(kernel: Kernel, error: unknown): StateFailure {
  if (error instanceof AwsError && error.status !== 501) return new StateFailure(`Lambda.${error.code}`, error.message);
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  kernel.log({ timeMs: kernel.clock.nowMs(), source: 'local-aws/states', level: 'error', message });
  return new StateFailure('Lambda.ServiceException', String(error));
}
