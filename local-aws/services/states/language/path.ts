import { notSupported } from '../../../kernel/aws-error.ts';
import { invalidDefinition } from '../states-error.ts';
import { runtimeFailure } from './state-failure.ts';
import type { Walk } from './walk.ts';

/** Takes a value out of a state's data, or of the context object of its walk; undefined when it is not there. */
export type Read = (data: unknown, walk: Walk) => unknown;

/** From the whole inwards: names of members, and indexes of lists. */
export type Steps = readonly (string | number)[];

/** `.name`, `['any name']`, `["any name"]`, `[0]`. */
const STEP = /\.([\p{L}\p{N}_-]+)|\[(?:'([^'\\]*)'|"([^"\\]*)"|(\d+))\]/uy;

/** What the context object has here. A task token belongs to callbacks, which Express workflows have not. */
const CONTEXT_MEMBERS: readonly unknown[] = ['Execution', 'StateMachine', 'State', 'Map'];

/**
 * Compiles a reference path: one that finds one value at most. Source: Amazon States Language, "Paths", "Reference Paths".
 *
 * Differs from AWS: filters, wildcards, slices and descents are refused, and so are intrinsic functions.
 */
export function compilePath(text: unknown, where: string): Read {
  if (typeof text === 'string' && text.startsWith('$$')) return contextPath(text, where);
  const steps = compileSteps(text, where);
  const [first, ...more] = steps;
  if (first === undefined) return (data) => data;
  if (more.length === 0) return (data) => memberOf(data, first);
  return (data) => steps.reduce(memberOf, data);
}

function contextPath(text: string, where: string): Read {
  const steps = compileSteps(text, where);
  if (steps.length > 0 && !CONTEXT_MEMBERS.includes(steps[0])) throw notSupported(`${where}: context path ${text}`);
  return (_data, walk) => steps.reduce(memberOf, walk.context() as unknown);
}

/** @throws AwsError NotSupportedByLocalAws, InvalidDefinition */
export function compileSteps(text: unknown, where: string): Steps {
  if (typeof text === 'string' && text.startsWith('States.'))
    throw notSupported(`${where}: intrinsic function ${text}`);
  if (typeof text !== 'string' || !text.startsWith('$')) {
    throw invalidDefinition(`SCHEMA_VALIDATION_FAILED: ${where}: ${JSON.stringify(text)} is not a path`);
  }
  const steps: (string | number)[] = [];
  let end = text.startsWith('$$') ? 2 : 1;
  STEP.lastIndex = end;
  for (let match = STEP.exec(text); match; match = STEP.exec(text)) {
    end = STEP.lastIndex;
    steps.push(match[1] ?? match[2] ?? match[3] ?? Number(match[4]));
  }
  if (end < text.length) throw notSupported(`${where}: path ${text}`);
  return steps;
}

/** The member of an object, or the element of a list; undefined when there is none. */
export function memberOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined;
}

/** As `compilePath`, but the value has to be there, or else the execution fails. */
export function compileRequiredPath(text: unknown, where: string, field: string): Read {
  const read = compilePath(text, where);
  return (data, walk) => {
    const value = read(data, walk);
    if (value === undefined) throw runtimeFailure(notFound(text, field, data));
    return value;
  };
}

export function notFound(path: unknown, field: string, data: unknown): string {
  return `The JSONPath '${path}' specified for the field '${field}' could not be found in the input '${JSON.stringify(data)}'`;
}
